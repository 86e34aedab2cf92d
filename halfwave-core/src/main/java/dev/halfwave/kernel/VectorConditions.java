package dev.halfwave.kernel;

import java.util.Optional;

/**
 * Whether this JVM can run vector kernels, and whether it would run them fast; each answer says what to do about it.
 *
 * <p>Looks only at what a JVM says of itself and touches no class of the Vector API.
 */
final class VectorConditions {
    private static final String MODULE = "jdk.incubator.vector";

    private VectorConditions() {}

    /** Why vector kernels cannot run at all, if so. */
    static Optional<String> obstacle() {
        if (ModuleLayer.boot().findModule(MODULE).isEmpty()) {
            return Optional.of("the module " + MODULE + " is not there; start Java with --add-modules " + MODULE);
        }
        return Optional.empty();
    }

    /** Why vector kernels would be slower than plain Java, if so: only C2 turns the Vector API into instructions. */
    static Optional<String> drawback() {
        String name = System.getProperty("java.vm.name", "");
        String info = System.getProperty("java.vm.info", "");
        if (info.contains("interpreted mode")) {
            return Optional.of("this JVM only interprets; start Java without -Xint");
        }
        if (info.contains("emulated-client") || name.contains("Client VM")) {
            return Optional.of("this JVM compiles with C1 alone; start Java without -XX:TieredStopAtLevel");
        }
        if (compilesThroughJvmci()) {
            return Optional.of("this JVM does not compile with C2; start Java with -XX:-UseJVMCICompiler");
        }
        return Optional.empty();
    }

    /** Asks only JVMs that are built for it, as asking loads the whole of java.management. */
    private static boolean compilesThroughJvmci() {
        String version = System.getProperty("java.vm.version", "") + System.getProperty("java.vendor.version", "");
        if (!version.contains("jvmci") && !version.contains("GraalVM")) {
            return false;
        }
        try {
            Class<?> diagnostics = Class.forName("com.sun.management.HotSpotDiagnosticMXBean");
            Object bean = Class.forName("java.lang.management.ManagementFactory")
                    .getMethod("getPlatformMXBean", Class.class)
                    .invoke(null, diagnostics);
            Object option = diagnostics.getMethod("getVMOption", String.class).invoke(bean, "UseJVMCICompiler");
            return option.toString().contains("value: true");
        } catch (ReflectiveOperationException e) { // a JVM without the module, the bean or the option: nothing is known
            return false;
        }
    }
}
