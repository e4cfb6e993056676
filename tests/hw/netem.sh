#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# netem.sh BUILD validate|bench NETEM_WORD...: runs in the lab, whose kernel has
# netem where the host's may not: validate a responder over a veth pair on which
# frames are treated so, or measure it. What that program says, and its status.
build=$1 program=$2
shift 2
end() { ip netns del netem-s 2>/dev/null; ip netns del netem-c 2>/dev/null; }
trap end EXIT
modprobe -a veth sch_netem || exit
for name in netem-s netem-c; do
	ip netns add $name
	ip netns exec $name sh -c 'cd /proc/sys/net/ipv6/conf
		echo 1 >default/addr_gen_mode; echo 0 >default/accept_dad'
done
ip link add s0 netns netem-s type veth peer name c0 netns netem-c
ip -n netem-s link set s0 up
ip -n netem-c link set c0 up
case $program in
validate)
	ip netns exec netem-s "$build/offload-load" s0 --generic --only \
		--answer 192.0.2.1 >/dev/null || exit
	ip netns exec netem-c tc qdisc add dev c0 root netem limit 10000 "$@"
	ip netns exec netem-s "$build/offload-validate" s0 --peer c0 \
		--netns netem-c -j -g sizes,headers
	;;
bench)
	# The fast senders, and XDP, pass by what queues at their end.
	ip netns exec netem-s tc qdisc add dev s0 root netem limit 10000 "$@"
	ip netns exec netem-s "$build/offload-bench" s0 --peer c0 \
		--netns netem-c -j -m tc -s 64 -t 1 -r 1 --seconds 0.05
	;;
esac
