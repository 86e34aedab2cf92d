package dev.halfwave.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class HalfwaveTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final CommandLine command =
            new CommandLine(new Halfwave()).setOut(new PrintWriter(out)).setErr(new PrintWriter(err));

    @Test
    void saysItsVersionAndJava() {
        assertThat(command.execute("--version")).isZero();
        assertThat(out.toString()).startsWith("halfwave ").contains("Java " + Runtime.version());
    }

    @Test
    void explainsItself() {
        assertThat(command.execute("--help")).isZero();
        assertThat(out.toString()).contains("Usage: halfwave");
    }

    @Test
    void withoutACommandItShowsTheUsageAndFails() {
        assertThat(command.execute()).isEqualTo(2);
        assertThat(err.toString()).contains("expected a command, received none").contains("Usage: halfwave");
    }
}
