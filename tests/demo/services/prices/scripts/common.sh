# On EC2 the root is / and the port 8000; the simulator gives each of its instances a root and a port of its own.
root=${SIMULATOR_INSTANCE_ROOT:-}
port=${SIMULATOR_INSTANCE_PORT:-8000}
home=$root/opt/prices
pid=$root/var/tmp/prices.pid
