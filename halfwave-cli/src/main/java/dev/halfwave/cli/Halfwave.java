package dev.halfwave.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The root of the {@code halfwave} command; what it does is in its subcommands. */
@Command(
        name = "halfwave",
        description = "Convolutional neural networks for the JVM, built around the rectifier max(0, x).",
        mixinStandardHelpOptions = true,
        versionProvider = Halfwave.Version.class)
public final class Halfwave implements Runnable {
    @Spec
    private CommandSpec spec;

    /** Runs one command and leaves with its exit code: 0 for success, 1 for a failure, 2 for a wrong command line. */
    public static void main(String[] args) {
        int exitCode = new CommandLine(new Halfwave()).execute(args);
        StandardError.drain();
        System.exit(exitCode);
    }

    /** Without a subcommand there is nothing to do but say which ones there are. */
    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "halfwave: expected a command, received none");
    }

    /** The version in the jar's manifest, and the Java it runs on. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Halfwave.class.getPackage().getImplementationVersion();
            return new String[] {
                "halfwave " + (version == null ? "(not packaged)" : version),
                "Java " + Runtime.version() + ", " + System.getProperty("java.vm.name")
            };
        }
    }
}
