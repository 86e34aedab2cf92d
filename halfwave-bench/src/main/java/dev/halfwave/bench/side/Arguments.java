package dev.halfwave.bench.side;

import dev.halfwave.bench.work.Work;
import dev.halfwave.bench.work.Works;
import dev.halfwave.name.Names;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * What is asked for.
 *
 * @param quick whether to stay under twelve minutes
 * @param works what to time
 * @param json where to write the results, if anywhere
 * @param threads how many threads each may use
 * @param root the directory of Halfwave's sources
 * @param growth whether to show how Halfwave's own time grows instead
 * @param java the home of another Java to show beside this one, if any
 */
record Arguments(
        boolean quick,
        List<Work> works,
        Optional<Path> json,
        int threads,
        Path root,
        boolean growth,
        Optional<Path> java) {
    private static final List<String> OPTIONS =
            List.of("--peers", "--growth", "--java", "--quick", "--only", "--json", "--threads", "--root");

    /**
     * Understands a command line.
     *
     * @throws IllegalArgumentException if it cannot; the text says what was expected
     */
    static Arguments parse(String... args) {
        Deque<String> rest = new ArrayDeque<>(Arrays.asList(args));
        boolean peers = false;
        boolean growth = false;
        boolean quick = false;
        Optional<Path> java = Optional.empty();
        Optional<String> only = Optional.empty();
        Optional<Path> json = Optional.empty();
        int threads = 2;
        Path root = Path.of("");
        while (!rest.isEmpty()) {
            String option = rest.pop();
            switch (option) {
                case "--peers" -> peers = true;
                case "--growth" -> growth = true;
                case "--java" -> java = Optional.of(home(value(option, rest)));
                case "--quick" -> quick = true;
                case "--only" -> only = Optional.of(value(option, rest));
                case "--json" -> json = Optional.of(Path.of(value(option, rest)));
                case "--threads" -> threads = threads(value(option, rest));
                case "--root" -> root = Path.of(value(option, rest));
                default -> throw Names.unknown("option", option, OPTIONS);
            }
        }
        if (peers == growth) {
            throw new IllegalArgumentException(
                    "bench: expected --peers or --growth, received " + (peers ? "both" : "neither"));
        }
        List<Work> works = growth ? growing(only) : works(quick, only);
        return new Arguments(quick, works, json, threads, root.toAbsolutePath(), growth, java);
    }

    private static Path home(String text) {
        Path home = Path.of(text);
        if (!Files.isExecutable(home.resolve("bin").resolve("java"))) {
            throw new IllegalArgumentException(
                    "--java: expected the home of a JDK, with bin/java in it, received " + text);
        }
        return home;
    }

    private static List<Work> growing(Optional<String> only) {
        List<Work> all = Works.growing();
        List<Work> chosen = all.stream()
                .filter(work -> work.key().contains(only.orElse("")))
                .toList();
        if (chosen.isEmpty()) {
            throw Names.unknown(
                    "work", only.orElse(""), all.stream().map(Work::key).toList());
        }
        return chosen;
    }

    private static String value(String option, Deque<String> rest) {
        if (rest.isEmpty()) {
            throw new IllegalArgumentException(option + ": expected a value, received none");
        }
        return rest.pop();
    }

    private static int threads(String text) {
        try {
            int threads = Integer.parseInt(text);
            if (threads >= 1 && threads <= 1024) {
                return threads;
            }
        } catch (NumberFormatException e) { // said below
        }
        throw new IllegalArgumentException("--threads: expected 1 to 1024, received " + text);
    }

    /** Those whose name and batch contain the text; of these, the quick ones if there are any and quick is asked for. */
    private static List<Work> works(boolean quick, Optional<String> only) {
        List<Work> all = Works.all();
        if (only.isEmpty()) {
            return all.stream().filter(work -> !quick || work.quick()).toList();
        }
        List<Work> chosen =
                all.stream().filter(work -> work.key().contains(only.get())).toList();
        if (chosen.isEmpty()) {
            throw Names.unknown(
                    "work",
                    only.get(),
                    all.stream()
                            .filter(work -> !work.isSingleLayer() || work.quick())
                            .map(Work::key)
                            .toList());
        }
        List<Work> brief = chosen.stream().filter(Work::quick).toList();
        return quick && !brief.isEmpty() ? brief : chosen;
    }
}
