/* SPDX-License-Identifier: GPL-2.0-only */
/* The card as a device of QEMU: -device nfp-agilio. QEMU exports its symbols,
 * so this object is preloaded into it and registers its type like QEMU's own.
 * That needs exactly the QEMU whose headers it was compiled with.
 *
 *	netdev, netdev1		wires of the ports; may be left out
 *	mac			of the first port; the next port's is one higher
 *	control			chardev, takes the lines of card_command()
 *	set			card_config_set_all()
 */
#include "qemu/osdep.h"
#include "chardev/char-fe.h"
#include "hw/pci/msix.h"
#include "hw/pci/pci.h"
#include "hw/pci/pcie.h"
#include "hw/qdev-properties-system.h"
#include "hw/qdev-properties.h"
#include "net/net.h"
#include "qapi/error.h"
#include "qapi/qapi-commands-control.h"
#include "qemu/module.h"

#include "card/card.h"
#include "card/console.h"

#define TYPE_NFP_AGILIO "nfp-agilio"
OBJECT_DECLARE_SIMPLE_TYPE(NfpState, NFP_AGILIO)

#define NFP_VENDOR    0x19ee
#define NFP_DEVICE    0x4000 /* NFP-4000 */
#define NFP_SUBSYSTEM 0x4001

/* Capabilities in the configuration space, and MSI-X in the first window,
 * whose first slice the driver leaves to it.
 */
#define MSIX_CAP   0x70
#define MSIX_TABLE 0x10000
#define MSIX_PBA   0x18000
#define PCIE_CAP   0x80
#define SERIAL_CAP 0x100
#define INTERFACE  0x10ffULL /* PCI unit 0, every opener */

struct window {
	NfpState *nfp;
	unsigned int bar;
};

struct wire {
	NfpState *nfp;
	unsigned int port;
	NICState *nic; /* NULL: nothing is plugged in */
	NICConf conf;
};

struct NfpState {
	PCIDevice parent;
	MemoryRegion bar[CARD_BARS];
	struct window window[CARD_BARS];
	struct wire wire[CARD_PORTS_MAX];
	CharBackend control;
	struct console console;
	char *set;
	struct card *card;
};

/* What the card wants from its host. */

static void nfp_dma_read(void *priv, uint64_t addr, void *to, size_t len)
{
	pci_dma_read(priv, addr, to, len);
}

static void nfp_dma_write(void *priv, uint64_t addr, const void *from,
			  size_t len)
{
	pci_dma_write(priv, addr, from, len);
}

static void nfp_interrupt(void *priv, unsigned int vector)
{
	msix_notify(priv, vector);
}

/* A full tap takes no more until it is writable; QEMU would queue thousands of
 * frames for it.
 */
static bool nfp_wire_send(void *priv, unsigned int port, const void *frame,
			  size_t len)
{
	NfpState *nfp = priv;
	NetClientState *nc;

	if (!nfp->wire[port].nic)
		return true;
	nc = qemu_get_queue(nfp->wire[port].nic);
	if (!qemu_can_send_packet(nc))
		return false;
	qemu_send_packet(nc, frame, len);
	return true;
}

static void nfp_wire_ready(void *priv, unsigned int port)
{
	NfpState *nfp = priv;

	if (nfp->wire[port].nic)
		qemu_flush_queued_packets(qemu_get_queue(nfp->wire[port].nic));
}

static void nfp_log(void *priv, const char *sentence)
{
	(void)priv;
	fprintf(stderr, "nfp-card: %s\n", sentence);
}

/* What the host wants from the card. */

static uint64_t nfp_bar_read(void *opaque, hwaddr addr, unsigned int size)
{
	struct window *window = opaque;

	return card_read(window->nfp->card, window->bar, addr, size);
}

static void nfp_bar_write(void *opaque, hwaddr addr, uint64_t value,
			  unsigned int size)
{
	struct window *window = opaque;

	card_write(window->nfp->card, window->bar, addr, size, value);
}

static const MemoryRegionOps nfp_bar_ops = {
	.read = nfp_bar_read,
	.write = nfp_bar_write,
	.endianness = DEVICE_LITTLE_ENDIAN,
	.valid = { .min_access_size = 1, .max_access_size = 8 },
	.impl = { .min_access_size = 1, .max_access_size = 8 },
};

static bool nfp_can_receive(NetClientState *nc)
{
	struct wire *wire = qemu_get_nic_opaque(nc);

	return card_wire_can_receive(wire->nfp->card, wire->port);
}

static ssize_t nfp_receive(NetClientState *nc, const uint8_t *frame, size_t len)
{
	struct wire *wire = qemu_get_nic_opaque(nc);

	card_wire_receive(wire->nfp->card, wire->port, frame, len);
	return len;
}

static NetClientInfo nfp_net_info = {
	.type = NET_CLIENT_DRIVER_NIC,
	.size = sizeof(NICState),
	.can_receive = nfp_can_receive,
	.receive = nfp_receive,
};

/* The control channel. */

static void nfp_control_flush(NfpState *nfp);

static gboolean nfp_control_writable(void *unused, GIOCondition cond,
				     void *opaque)
{
	(void)unused;
	(void)cond;
	nfp_control_flush(opaque);
	return G_SOURCE_REMOVE;
}

static void nfp_control_flush(NfpState *nfp)
{
	const char *reply;
	size_t len;
	int sent;

	while (reply = console_output(&nfp->console, &len), len) {
		sent = qemu_chr_fe_write(&nfp->control, (const uint8_t *)reply,
					 len);
		if (sent <= 0) {
			qemu_chr_fe_add_watch(&nfp->control,
					      G_IO_OUT | G_IO_HUP,
					      nfp_control_writable, nfp);
			return;
		}
		console_sent(&nfp->console, sent);
	}
	qemu_chr_fe_accept_input(&nfp->control);
}

static int nfp_control_can_read(void *opaque)
{
	NfpState *nfp = opaque;

	return console_room(&nfp->console);
}

/* A command may end a fault that held frames back. */
static void nfp_control_read(void *opaque, const uint8_t *data, int len)
{
	NfpState *nfp = opaque;

	console_input(&nfp->console, (const char *)data, len);
	nfp_control_flush(nfp);
	for (unsigned int port = 0; port < CARD_PORTS_MAX; port++)
		nfp_wire_ready(nfp, port);
}

static void nfp_control_event(void *opaque, QEMUChrEvent event)
{
	NfpState *nfp = opaque;

	if (event == CHR_EVENT_CLOSED)
		console_clear(&nfp->console);
}

/* Coming and going. */

static bool nfp_make_card(NfpState *nfp, Error **errp)
{
	const struct card_host host = {
		.dma_read = nfp_dma_read,
		.dma_write = nfp_dma_write,
		.interrupt = nfp_interrupt,
		.wire_send = nfp_wire_send,
		.wire_ready = nfp_wire_ready,
		.log = nfp_log,
		.priv = nfp,
	};
	struct card_config config;
	char why[256];

	card_config_init(&config);
	if (nfp->set &&
	    card_config_set_all(&config, nfp->set, why, sizeof(why))) {
		error_setg(errp, "%s", why);
		return false;
	}
	if (config.ports < 2 && nfp->wire[1].conf.peers.ncs[0]) {
		error_setg(errp, "netdev1 needs ports=2");
		return false;
	}
	qemu_macaddr_default_if_unset(&nfp->wire[0].conf.macaddr);
	nfp->card = card_new(&config, &host, nfp->wire[0].conf.macaddr.a);
	if (!nfp->card)
		error_setg(errp, "no memory for the card");
	return nfp->card;
}

static void nfp_make_bars(NfpState *nfp)
{
	for (unsigned int i = 0; i < CARD_BARS; i++) {
		nfp->window[i] = (struct window){ .nfp = nfp, .bar = i };
		memory_region_init_io(&nfp->bar[i], OBJECT(nfp), &nfp_bar_ops,
				      &nfp->window[i], TYPE_NFP_AGILIO,
				      card_bar_size[i]);
		pci_register_bar(&nfp->parent, i * 2,
				 PCI_BASE_ADDRESS_MEM_TYPE_64 |
					 PCI_BASE_ADDRESS_MEM_PREFETCH,
				 &nfp->bar[i]);
	}
}

static int nfp_make_interrupts(NfpState *nfp, Error **errp)
{
	int err = msix_init(&nfp->parent, CARD_VECTORS, &nfp->bar[0], 0,
			    MSIX_TABLE, &nfp->bar[0], 0, MSIX_PBA, MSIX_CAP,
			    errp);

	for (unsigned int i = 0; !err && i < CARD_VECTORS; i++)
		msix_vector_use(&nfp->parent, i);
	return err;
}

static void nfp_make_wires(NfpState *nfp)
{
	DeviceState *dev = DEVICE(nfp);

	for (unsigned int i = 0; i < CARD_PORTS_MAX; i++) {
		struct wire *wire = &nfp->wire[i];

		wire->nfp = nfp;
		wire->port = i;
		if (!wire->conf.peers.ncs[0])
			continue;
		wire->conf.macaddr = nfp->wire[0].conf.macaddr;
		wire->conf.macaddr.a[5] += i;
		wire->nic = qemu_new_nic(&nfp_net_info, &wire->conf,
					 TYPE_NFP_AGILIO, dev->id,
					 &dev->mem_reentrancy_guard, wire);
		/* What is sent into the wire comes out of it, no byte more. */
		qemu_get_queue(wire->nic)->do_not_pad = true;
	}
}

/* The serial number: the address of the first port around the interface. */
static void nfp_make_serial(NfpState *nfp)
{
	uint64_t serial = 0;

	for (int i = 0; i < 6; i++)
		serial = serial << 8 | nfp->wire[0].conf.macaddr.a[i];
	pcie_dev_ser_num_init(&nfp->parent, SERIAL_CAP,
			      serial << 16 | INTERFACE);
}

static void nfp_realize(PCIDevice *pci, Error **errp)
{
	NfpState *nfp = NFP_AGILIO(pci);

	if (!nfp_make_card(nfp, errp))
		return;
	nfp_make_bars(nfp);
	if (pcie_endpoint_cap_init(pci, PCIE_CAP) < 0) {
		error_setg(errp, "the card needs a PCI Express slot");
		goto free_card;
	}
	if (nfp_make_interrupts(nfp, errp))
		goto free_card;
	nfp_make_serial(nfp);
	nfp_make_wires(nfp);
	nfp->console.card = nfp->card;
	qemu_chr_fe_set_handlers(&nfp->control, nfp_control_can_read,
				 nfp_control_read, nfp_control_event, NULL, nfp,
				 NULL, true);
	return;

free_card:
	card_free(nfp->card);
	nfp->card = NULL;
}

static void nfp_exit(PCIDevice *pci)
{
	NfpState *nfp = NFP_AGILIO(pci);

	qemu_chr_fe_deinit(&nfp->control, false);
	for (unsigned int i = 0; i < CARD_PORTS_MAX; i++)
		if (nfp->wire[i].nic)
			qemu_del_nic(nfp->wire[i].nic);
	msix_uninit(pci, &nfp->bar[0], &nfp->bar[0]);
	console_clear(&nfp->console);
	card_free(nfp->card);
}

static void nfp_reset(DeviceState *dev)
{
	card_reset(NFP_AGILIO(dev)->card);
}

static Property nfp_properties[] = {
	DEFINE_PROP_MACADDR("mac", NfpState, wire[0].conf.macaddr),
	DEFINE_PROP_NETDEV("netdev", NfpState, wire[0].conf.peers),
	DEFINE_PROP_NETDEV("netdev1", NfpState, wire[1].conf.peers),
	DEFINE_PROP_CHR("control", NfpState, control),
	DEFINE_PROP_STRING("set", NfpState, set),
	DEFINE_PROP_END_OF_LIST(),
};

static void nfp_class_init(ObjectClass *class, void *data)
{
	PCIDeviceClass *pci = PCI_DEVICE_CLASS(class);
	DeviceClass *dev = DEVICE_CLASS(class);

	(void)data;
	pci->realize = nfp_realize;
	pci->exit = nfp_exit;
	pci->vendor_id = NFP_VENDOR;
	pci->device_id = NFP_DEVICE;
	pci->subsystem_vendor_id = NFP_VENDOR;
	pci->subsystem_id = NFP_SUBSYSTEM;
	pci->class_id = PCI_CLASS_NETWORK_ETHERNET;
	dev->reset = nfp_reset;
	dev->desc = "Netronome Agilio CX, emulated";
	device_class_set_props(dev, nfp_properties);
	set_bit(DEVICE_CATEGORY_NETWORK, dev->categories);
}

static const TypeInfo nfp_info = {
	.name = TYPE_NFP_AGILIO,
	.parent = TYPE_PCI_DEVICE,
	.instance_size = sizeof(NfpState),
	.class_init = nfp_class_init,
	.interfaces = (InterfaceInfo[]){ { INTERFACE_PCIE_DEVICE }, {} },
};

/* The package's version tells Debian's patches apart, which change structures;
 * config-host.h has the one of the headers.
 */
static void nfp_check_version(void)
{
	VersionInfo *running = qmp_query_version(NULL);

	if (!strcmp(running->package, QEMU_PKGVERSION)) {
		qapi_free_VersionInfo(running);
		return;
	}
	fprintf(stderr,
		"nfp-card: compiled for the QEMU of %s, and this is %s: "
		"build it anew\n",
		QEMU_PKGVERSION, running->package);
	exit(1);
}

/* Helpers that QEMU starts are not QEMU: they must not be given this object. */
static void nfp_register(void)
{
	nfp_check_version();
	unsetenv("LD_PRELOAD");
	type_register_static(&nfp_info);
}

type_init(nfp_register)
