package dev.halfwave.cli;

import dev.halfwave.format.ModelFormatException;
import dev.halfwave.train.DivergenceException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns whatever goes wrong into one line on standard error, and an exit code. */
final class ErrorReport implements IParameterExceptionHandler, IExecutionExceptionHandler {
    static final String STACKTRACE = "--stacktrace";

    private static final int FAILURE = 1;
    private static final int USAGE = 2;

    /**
     * Runs a command, also when it ends in an error that picocli lets pass: no memory, or a property nobody can start
     * with.
     */
    static int execute(CommandLine command, String... args) {
        try {
            return command.execute(args);
        } catch (OutOfMemoryError e) {
            long megabytes = Runtime.getRuntime().maxMemory() >> 20;
            return report(
                    command.getErr(),
                    "expected to get by with a heap of " + megabytes + " MB, received a request for more ("
                            + e.getMessage() + "); use a smaller --batch, or put -Xmx and a size before the command",
                    e,
                    List.of(args),
                    FAILURE);
        } catch (ExceptionInInitializerError e) {
            Exception cause =
                    e.getException() instanceof Exception exception ? exception : new IllegalStateException(e);
            return report(command.getErr(), failureText(cause), cause, List.of(args), FAILURE);
        }
    }

    @Override
    public int handleParseException(ParameterException e, String[] args) {
        CommandLine command = e.getCommandLine();
        return report(command.getErr(), usageText(e, command), e, Arrays.asList(args), USAGE);
    }

    /** Picocli's own texts, brought into the form of the others: they end with what to do. */
    private static String usageText(ParameterException e, CommandLine command) {
        String text = String.valueOf(e.getMessage());
        if (e.getClass() == ParameterException.class) {
            return text.replaceFirst("^Invalid value for option '([^']+)': ", "$1: ")
                    .replaceFirst("'(.*)' is not an? (int|long)$", "expected a whole number, received $1")
                    .replaceFirst("'(.*)' is not a double$", "expected a number, received $1");
        }
        String suggestion = e instanceof UnmatchedArgumentException unmatched
                ? unmatched.getSuggestions().stream()
                        .limit(1)
                        .map(name -> "did you mean \"" + name + "\"? ")
                        .findFirst()
                        .orElse("")
                : "";
        String name = command.getCommandSpec().qualifiedName();
        return text.substring(0, 1).toLowerCase(Locale.ROOT) + text.substring(1) + "; " + suggestion + "see " + name
                + " --help";
    }

    @Override
    public int handleExecutionException(Exception e, CommandLine command, ParseResult parsed) {
        return report(command.getErr(), failureText(e), e, parsed.originalArgs(), FAILURE);
    }

    private static String failureText(Exception e) {
        if (e instanceof UncheckedIOException
                && e.getCause() instanceof IOException cause
                && cause.toString().equals(e.getMessage())) {
            return fileText(cause);
        }
        boolean explained = e instanceof IllegalArgumentException
                || e instanceof ModelFormatException
                || e instanceof DivergenceException
                || e instanceof IllegalStateException
                || e instanceof UncheckedIOException;
        return explained
                ? String.valueOf(e.getMessage())
                : "expected no such error, received " + e + "; please report it with what " + STACKTRACE + " shows";
    }

    /** What the JDK leaves unsaid. */
    private static String fileText(IOException e) {
        if (e instanceof NoSuchFileException missing) {
            return missing.getFile() + ": expected a file, received the name of none; check the path";
        }
        if (e instanceof AccessDeniedException denied) {
            return denied.getFile() + ": expected a file that may be used, received no permission; check its owner";
        }
        return "expected a file that can be used, received " + e + "; check the path and the disk";
    }

    private static int report(PrintWriter err, String text, Throwable e, List<String> args, int exitCode) {
        err.println("halfwave: " + text.replaceAll("\\R\\s*", " "));
        if (args.contains(STACKTRACE) || System.getenv("HALFWAVE_TRACE") != null) {
            e.printStackTrace(err);
        }
        err.flush();
        return exitCode;
    }
}
