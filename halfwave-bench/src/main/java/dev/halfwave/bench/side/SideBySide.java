package dev.halfwave.bench.side;

import dev.halfwave.bench.Machine;
import dev.halfwave.bench.peer.Peers;
import dev.halfwave.bench.work.Work;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * Runs Halfwave and its peers side by side: {@code --peers|--growth [--java HOME] [--quick] [--only WORK] [--json FILE] [--threads N] [--root DIRECTORY]}.
 *
 * <p>Prints a Markdown table on standard output and how it is getting on on standard error. Ends with 0, with 1 if a peer's results are not
 * Halfwave's or nothing could be run, with 2 if it cannot understand its arguments.
 */
public final class SideBySide {
    private static final PrintStream OUT = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    private static final PrintStream ERR = new PrintStream(System.err, true, StandardCharsets.UTF_8);

    private SideBySide() {}

    /** Runs what is asked for. */
    public static void main(String[] args) {
        System.exit(run(args));
    }

    private static int run(String... args) {
        Arguments arguments;
        try {
            arguments = Arguments.parse(args);
        } catch (IllegalArgumentException e) {
            ERR.println("halfwave bench: " + e.getMessage());
            return 2;
        }
        try {
            return run(arguments);
        } catch (IOException | RuntimeException e) {
            ERR.println("halfwave bench: " + (e.getMessage() == null ? e : e.getMessage()));
            return 1;
        }
    }

    private static int run(Arguments arguments) throws IOException {
        Path directory = arguments.root().resolve("target").resolve("bench");
        Files.createDirectories(directory);
        arguments.json().ifPresent(SideBySide::checkWritable);
        if (arguments.growth()) {
            Growth growth = new Growth(arguments, directory);
            OUT.print(growth.table(line -> ERR.println(line)));
            return 0;
        }
        List<Work> works = arguments.works();
        List<String> peers = works.stream()
                .flatMap(work -> work.peers().stream())
                .filter(peer -> !Peers.isAtHome(peer))
                .distinct()
                .toList();
        ERR.println("halfwave bench: building the peers " + peers + "; on first use Maven downloads them…");
        ClassPaths classPaths = ClassPaths.build(arguments.root(), directory, peers);
        Duel duel = new Duel(classPaths, Pace.of(arguments.quick()), arguments.threads(), directory);
        String before = Load.now();
        List<Row> rows = rows(works, duel);
        rows.addAll(means(works, rows));
        OUT.printf(
                "%s; Java %s; %d threads; %s before, %s after; ratio = peer ÷ Halfwave%n%n",
                Machine.cpu(), Runtime.version(), arguments.threads(), before, Load.now());
        OUT.print(Table.of(rows));
        Optional<Path> json = arguments.json();
        if (json.isPresent()) {
            Files.writeString(json.get(), JsonRows.of(rows, arguments.threads()));
        }
        boolean some = rows.stream().anyMatch(row -> row.ratio().isPresent());
        return some && rows.stream().noneMatch(Row::wrong) ? 0 : 1;
    }

    /** Better now than when everything has been run. */
    private static void checkWritable(Path file) {
        Path parent = file.toAbsolutePath().getParent();
        if (Files.isDirectory(file) || parent == null || !Files.isWritable(parent)) {
            throw new IllegalArgumentException("--json: expected a file that can be written, received " + file
                    + "; name one in a directory that is there");
        }
    }

    private static List<Row> rows(List<Work> works, Duel duel) {
        List<Row> rows = new ArrayList<>();
        for (Work work : works) {
            for (String peer : work.peers()) {
                Row row = duel.run(work, peer);
                ERR.println(Table.line(row));
                rows.add(row);
            }
        }
        return rows;
    }

    /** The geometric mean over all single layers, for each peer and batch size. */
    private static List<Row> means(List<Work> works, List<Row> rows) {
        List<String> layers =
                works.stream().filter(Work::isSingleLayer).map(Work::name).toList();
        Map<String, List<Row>> groups = new TreeMap<>();
        rows.stream()
                .filter(row -> row.ratio().isPresent() && layers.contains(row.work()))
                .forEach(row -> groups.computeIfAbsent(row.peer() + " " + row.batch(), key -> new ArrayList<>())
                        .add(row));
        return groups.values().stream()
                .filter(group -> group.size() > 1)
                .map(SideBySide::mean)
                .toList();
    }

    private static Row mean(List<Row> group) {
        Ratio ratio =
                Ratio.mean(group.stream().flatMap(row -> row.ratio().stream()).toList());
        Row first = group.get(0);
        String name = "geometric mean of " + group.size() + " conv layers";
        return new Row(
                name,
                first.peer(),
                first.title(),
                first.batch(),
                Work.Measure.STEP,
                Optional.of(ratio),
                OptionalDouble.empty(),
                "",
                false);
    }
}
