package dev.halfwave.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Starts JVMs with and without what vector kernels need, and reads what they say about their choice. */
class ProvidersTest {
    private static final String WITH_MODULE = "--add-modules=jdk.incubator.vector";

    @Test
    void withoutTheModulePlainJavaIsChosenAndTheRemedyNamed() throws Exception {
        assertThat(report())
                .isEqualTo("scalar: the module jdk.incubator.vector is not there;"
                        + " start Java with --add-modules jdk.incubator.vector");
    }

    @Test
    void withTheModuleVectorsAreChosen() throws Exception {
        assertThat(report(WITH_MODULE)).matches("simd: Vector API, (128|256|512)-bit");
    }

    @ParameterizedTest
    @CsvSource({"128", "256", "512"})
    void theWidthIsTakenFromTheProperty(String bits) throws Exception {
        assertThat(report(WITH_MODULE, "-Dhalfwave.simd.bits=" + bits)).isEqualTo("simd: Vector API, " + bits + "-bit");
    }

    @Test
    void otherWidthsAreRefused() throws Exception {
        assertThat(report(WITH_MODULE, "-Dhalfwave.simd.bits=100"))
                .isEqualTo("IllegalArgumentException halfwave.simd.bits: expected 128, 256 or 512, received \"100\";"
                        + " leave it out for the width that this CPU prefers");
    }

    @Test
    void aJvmThatInterpretsGetsPlainJava() throws Exception {
        assertThat(report(WITH_MODULE, "-Xint"))
                .isEqualTo("scalar: this JVM only interprets; start Java without -Xint");
        assertThat(report(WITH_MODULE, "-Xint", "-Dhalfwave.kernels=simd"))
                .as("slow, but asked for")
                .startsWith("simd: Vector API, ");
    }

    @Test
    void aJvmWithoutItsSecondCompilerGetsPlainJava() throws Exception {
        assertThat(report(WITH_MODULE, "-XX:TieredStopAtLevel=1"))
                .isEqualTo("scalar: this JVM compiles with C1 alone; start Java without -XX:TieredStopAtLevel");
    }

    @Test
    void tooNarrowVectorsGetPlainJava() throws Exception {
        String why = "this JVM's vectors hold 2 floats where 4 are needed;"
                + " leave out -XX:MaxVectorSize, or use a CPU with 128-bit vectors";
        assertThat(report(WITH_MODULE, "-XX:MaxVectorSize=8")).isEqualTo("scalar: " + why);
        assertThat(report(WITH_MODULE, "-XX:MaxVectorSize=8", "-Dhalfwave.kernels=simd"))
                .isEqualTo("IllegalStateException kernels: expected a JVM for the provider simd, but " + why);
    }

    @Test
    void aProviderAskedForThatCannotWorkIsAnErrorEveryTime() throws Exception {
        assertThat(report("-Dhalfwave.kernels=simd"))
                .isEqualTo("IllegalStateException kernels: expected a JVM for the provider simd, but the module"
                        + " jdk.incubator.vector is not there; start Java with --add-modules jdk.incubator.vector");
    }

    @Test
    void plainJavaMayBeAskedFor() throws Exception {
        assertThat(report(WITH_MODULE, "-Dhalfwave.kernels=scalar"))
                .isEqualTo("scalar: plain Java, asked for with -Dhalfwave.kernels=scalar");
    }

    @Test
    void unknownProvidersAreRefused() throws Exception {
        assertThat(report("-Dhalfwave.kernels=sclar"))
                .isEqualTo("IllegalArgumentException unknown kernel provider \"sclar\":"
                        + " did you mean \"scalar\"? Known: scalar, simd");
        assertThatThrownBy(() -> Providers.named("cuda"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("unknown kernel provider \"cuda\": Known: scalar, simd");
    }

    @Test
    void plainJavaIsAlwaysThere() {
        assertThat(Providers.scalar().name()).isEqualTo("scalar");
        assertThat(Providers.scalar().lanes()).isEqualTo(1);
        assertThat(Providers.named("scalar").name()).isEqualTo("scalar");
    }

    @Test
    void littleWorkIsDoneInPlainJava() throws Exception {
        assertThat(run(Asker.class, WITH_MODULE)).isEqualTo("scalar, then simd");
        assertThat(run(Asker.class, WITH_MODULE, "-Dhalfwave.kernels=simd")).isEqualTo("simd, then simd");
    }

    private static String report(String... options) throws IOException, InterruptedException {
        return run(Reporter.class, options);
    }

    /** What a JVM started with the given options prints. */
    private static String run(Class<?> main, String... options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(options));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as("exit of %s", command).isZero();
        return output;
    }

    /** Which kernels do a small piece of work, and which a large one. */
    static final class Asker {
        private Asker() {}

        public static void main(String[] arguments) {
            System.out.print(Providers.forOnce(1).name() + ", then "
                    + Providers.forOnce(Long.MAX_VALUE).name());
        }
    }

    /** What runs in the started JVM. Asks twice, as the second answer must be the first again. */
    static final class Reporter {
        private Reporter() {}

        public static void main(String[] arguments) {
            String first = answer();
            String second = answer();
            System.out.print(first.equals(second) ? first : first + " and then " + second);
        }

        private static String answer() {
            try {
                return Providers.report();
            } catch (IllegalArgumentException | IllegalStateException thrown) {
                return thrown.getClass().getSimpleName() + " " + thrown.getMessage();
            }
        }
    }
}
