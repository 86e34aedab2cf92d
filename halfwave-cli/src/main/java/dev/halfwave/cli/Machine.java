package dev.halfwave.cli;

import dev.halfwave.tuning.Processor;

/** What the program runs on. */
final class Machine {
    private Machine() {}

    /** The processor's own name where the system tells it, else its architecture. */
    static String cpu() {
        return Processor.name();
    }

    /** The operating system with its version. */
    static String system() {
        return System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
                + System.getProperty("os.arch");
    }

    /** The virtual machine with its version and maker. */
    static String jvm() {
        return System.getProperty("java.vm.name") + " " + Runtime.version() + ", " + System.getProperty("java.vendor");
    }

    /** The most memory that the program may take for its objects, in bytes. */
    static long heap() {
        return Runtime.getRuntime().maxMemory();
    }
}
