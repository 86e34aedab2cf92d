package dev.halfwave.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The root of the {@code halfwave} command; what it does is in its subcommands. */
@Command(
        name = "halfwave",
        description = "Convolutional neural networks for the JVM, built around the rectifier max(0, x).",
        versionProvider = Halfwave.Version.class,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:success",
            "1:failure",
            "2:a command line that cannot be understood",
            "130:interrupted by Ctrl-C"
        },
        footer = {"", "Example: halfwave train --epochs 3", "halfwave COMMAND --help says more about a command."})
@SuppressWarnings("UnusedVariable") // picocli itself acts on the options
public final class Halfwave implements Runnable {
    private static final List<String> COMMANDS = List.of(
            "train",
            "lr-find",
            "cross-validate",
            "evaluate",
            "predict",
            "rectify",
            "inspect",
            "sample",
            "export",
            "run",
            "conformance",
            "activations",
            "compare",
            "claims",
            "info",
            "bench",
            "rehearse");

    @Spec
    private CommandSpec spec;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "Show this help and exit.")
    private boolean help;

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "Show the version and exit.")
    private boolean version;

    @Option(
            names = ErrorReport.STACKTRACE,
            scope = ScopeType.INHERIT,
            description =
                    "Show where in the program an error arose (also with the environment variable HALFWAVE_TRACE).")
    private boolean stacktrace;

    /** Runs one command and leaves with its exit code: 0 for success, 1 for a failure, 2 for a wrong command line. */
    public static void main(String[] args) {
        System.setProperty("java.awt.headless", "true");
        CommandLine command = commandLine(args)
                .setOut(new PrintWriter(System.out, true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(System.err, true, StandardCharsets.UTF_8));
        int exitCode = ErrorReport.execute(command, args);
        System.exit(exitCode);
    }

    /** What understands the arguments, with one line on standard error for whatever goes wrong. */
    static CommandLine commandLine(String... args) {
        CommandLine all = new CommandLine(new Halfwave());
        // picocli looks at every option of every command it is given, which takes longer than many a prediction.
        boolean clear = args.length > 0 && COMMANDS.contains(args[0]);
        (clear ? List.of(args[0]) : COMMANDS).forEach(name -> all.addSubcommand(name, command(name)));
        ErrorReport report = new ErrorReport();
        return all.setParameterExceptionHandler(report)
                .setExecutionExceptionHandler(report)
                .setUsageHelpAutoWidth(true)
                .setAbbreviatedOptionsAllowed(false);
    }

    private static Object command(String name) {
        return switch (name) {
            case "train" -> new Train();
            case "lr-find" -> new FindRate();
            case "cross-validate" -> new CrossValidate();
            case "evaluate" -> new Evaluate();
            case "predict" -> new Predict();
            case "rectify" -> new Rectify();
            case "inspect" -> new Inspect();
            case "sample" -> new Sample();
            case "export" -> new Export();
            case "run" -> new RunModel();
            case "conformance" -> new Conformance();
            case "activations" -> new CheatSheet();
            case "compare" -> new Compare();
            case "claims" -> new ClaimCheck();
            case "info" -> new Info();
            case "bench" -> new Bench();
            case "rehearse" -> new Rehearse();
            default ->
                throw new IllegalArgumentException("halfwave: expected one of " + COMMANDS + ", received " + name);
        };
    }

    /** Without a subcommand there is nothing to do but say which ones there are. */
    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getErr());
        throw new ParameterException(spec.commandLine(), "expected a command, received none");
    }

    /** The version in the jar's manifest, and the Java it runs on. */
    static final class Version implements IVersionProvider {
        static String ofHalfwave() {
            String version = Halfwave.class.getPackage().getImplementationVersion();
            return version == null ? "(not packaged)" : version;
        }

        @Override
        public String[] getVersion() {
            return new String[] {
                "halfwave " + ofHalfwave(), "Java " + Runtime.version() + ", " + System.getProperty("java.vm.name")
            };
        }
    }
}
