package dev.halfwave.cli;

import dev.halfwave.claims.Claim;
import dev.halfwave.claims.Claims;
import dev.halfwave.format.AtomicFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code halfwave claims}. */
@Command(
        name = "claims",
        description = "Put to the test what teaching texts say about ReLU: one small experiment per claim.",
        sortOptions = false,
        footer = {
            "",
            "A verdict is holds, holds only if, or false; a verdict other than the documented one is a failure.",
            "",
            "Example: halfwave claims --quick --out claims.html"
        })
final class ClaimCheck implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(
            names = "--only",
            paramLabel = "ID",
            completionCandidates = KnownNames.OfClaims.class,
            description = "Only this claim; may be given several times (default: all of ${COMPLETION-CANDIDATES}).")
    private List<String> only = new ArrayList<>();

    @Option(names = "--quick", description = "Make do with smaller sizes and fewer repetitions.")
    private boolean quick;

    @Option(names = "--out", paramLabel = "FILE.html", description = "Write a page of pictures and tables.")
    private @Nullable Path out;

    @Option(names = "--json", paramLabel = "FILE", description = "Write a JSON array, one object per claim.")
    private @Nullable Path json;

    @Option(names = "--markdown", description = "Print one table in Markdown.")
    private boolean markdown;

    @Override
    public Integer call() {
        Check check = new Check(spec.commandLine());
        List<Claim> asked = only.isEmpty()
                ? Claims.all()
                : only.stream()
                        .distinct()
                        .map(id -> check.value("--only", () -> Claims.of(id)))
                        .toList();
        Console console = Console.of(spec, false);
        List<CheckedClaim> checked = new ArrayList<>();
        for (Claim claim : asked) {
            CheckedClaim one = CheckedClaim.of(claim, quick);
            checked.add(one);
            if (!markdown) {
                console.result(one.object(), one.line());
            }
        }
        report(console, checked);
        demandTheExpected(checked);
        return 0;
    }

    private void report(Console console, List<CheckedClaim> checked) {
        if (markdown) {
            console.out().println(table(checked));
        }
        if (json != null) {
            write(json, Json.lines(checked.stream().map(CheckedClaim::object).toList()));
            console.say("saved " + json);
        }
        if (out != null) {
            write(out, new ClaimPage(checked).page().toString());
            console.say("saved " + out);
        }
    }

    private static String table(List<CheckedClaim> checked) {
        return new TextTable(
                        CheckedClaim.HEAD,
                        checked.stream().map(CheckedClaim::cells).toList())
                .markdown();
    }

    private static void write(Path file, String text) {
        AtomicFile.write(file, stream -> stream.write(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** @throws IllegalStateException if a verdict is not the documented one; the text names the claim */
    static void demandTheExpected(List<CheckedClaim> checked) {
        String others = checked.stream()
                .filter(one -> !one.asExpected())
                .map(one -> one.claim().id() + " " + one.finding().verdict() + " instead of "
                        + one.claim().expected())
                .collect(Collectors.joining(", "));
        if (!others.isEmpty()) {
            throw new IllegalStateException("claims: expected the documented verdicts, received " + others
                    + "; run them again without --quick");
        }
    }
}
