package dev.halfwave.bench.side;

import java.lang.management.ManagementFactory;
import java.lang.management.OperatingSystemMXBean;
import java.util.Locale;

/** How busy the machine is. Libraries whose threads wait for each other by spinning suffer most when others want the cores, too. */
final class Load {
    private Load() {}

    /** The load average of the last minute beside the number of processors. */
    static String now() {
        OperatingSystemMXBean system = ManagementFactory.getOperatingSystemMXBean();
        return String.format(
                Locale.ROOT, "load %.1f of %d", system.getSystemLoadAverage(), system.getAvailableProcessors());
    }
}
