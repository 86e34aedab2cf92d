package dev.halfwave.cli;

import java.io.PrintWriter;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Where a command writes: results on standard output, everything else on standard error.
 *
 * @param out for results
 * @param err for the rest
 * @param json whether results are to be read by machines
 */
record Console(PrintWriter out, PrintWriter err, boolean json) {
    /** Set by the launcher if standard error goes to a terminal; Java itself cannot tell. */
    private static final String TERMINAL = "halfwave.terminal";

    static Console of(CommandSpec spec, boolean json) {
        return new Console(spec.commandLine().getOut(), spec.commandLine().getErr(), json);
    }

    /** Whether someone watches standard error. */
    static boolean isTerminal() {
        return Boolean.getBoolean(TERMINAL);
    }

    /** A result in the form that was asked for. */
    void result(Map<String, ?> object, String text) {
        out.println(json ? Json.line(object) : text);
        out.flush();
    }

    /** Something worth knowing that is no result. */
    void say(String text) {
        err.println(text);
        err.flush();
    }
}
