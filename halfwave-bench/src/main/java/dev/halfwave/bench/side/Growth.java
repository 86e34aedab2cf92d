package dev.halfwave.bench.side;

import dev.halfwave.bench.Machine;
import dev.halfwave.bench.peer.Peers;
import dev.halfwave.bench.work.Median;
import dev.halfwave.bench.work.Work;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** How Halfwave's time grows with the batch and the image, on one thread and several, on one Java and another. */
final class Growth {
    private final List<Work> works;
    private final Path directory;
    private final Pace pace;
    private final String classPath;
    private final List<Column> columns = new ArrayList<>();
    private final boolean compared;

    /**
     * A column of the table.
     *
     * @param java the home of a Java
     * @param version what it calls itself
     * @param threads how many may compute
     */
    private record Column(Path java, String version, int threads) {}

    Growth(Arguments arguments, Path directory) throws IOException {
        works = arguments.works();
        this.directory = directory;
        pace = Pace.of(arguments.quick());
        classPath = ClassPaths.build(arguments.root(), directory, List.of()).of(Peers.HALFWAVE);
        compared = arguments.java().isPresent();
        List<Path> javas = new ArrayList<>(List.of(Duel.OWN_JAVA));
        arguments.java().ifPresent(javas::add);
        for (Path java : javas) {
            String version = JavaRelease.version(java);
            columns.add(new Column(java, version, 1));
            if (arguments.threads() > 1) {
                columns.add(new Column(java, version, arguments.threads()));
            }
        }
    }

    /** The table in Markdown: milliseconds, medians of rounds in turn; each line is told as soon as it is known. */
    String table(Consumer<String> told) throws IOException {
        StringBuilder text = new StringBuilder(
                String.format(Locale.ROOT, "%s; %s; milliseconds for a batch%n%n", Machine.cpu(), Load.now()));
        text.append("| work | batch |");
        columns.forEach(column -> text.append(String.format(
                Locale.ROOT,
                " Java %s, %d thread%s |",
                column.version(),
                column.threads(),
                column.threads() == 1 ? "" : "s")));
        text.append(compared ? " ratio |" : "").append(String.format(Locale.ROOT, "%n|---|---:|"));
        text.append("---:|".repeat(columns.size() + (compared ? 1 : 0))).append(System.lineSeparator());
        double logs = 0;
        for (Work work : works) {
            double[] millis = millis(work);
            double ratio = millis[columns.size() / 2 - 1] / millis[columns.size() - 1];
            logs += Math.log(ratio);
            String line = line(work, millis, ratio);
            told.accept(line);
            text.append(line).append(System.lineSeparator());
        }
        if (compared) {
            text.append(String.format(
                    Locale.ROOT,
                    "%nRatio: Java %s ÷ Java %s on all threads; geometric mean %.2f.%n",
                    columns.get(0).version(),
                    columns.get(columns.size() - 1).version(),
                    Math.exp(logs / works.size())));
        }
        return text.toString();
    }

    private String line(Work work, double[] millis, double ratio) {
        StringBuilder line = new StringBuilder("| " + work.name() + " | " + work.batch() + " |");
        for (double value : millis) {
            line.append(String.format(Locale.ROOT, value < 10 ? " %.3f |" : " %.1f |", value));
        }
        return compared ? line + String.format(Locale.ROOT, " %.2f |", ratio) : line.toString();
    }

    /** The median of the rounds of every column; rounds take turns. */
    private double[] millis(Work work) throws IOException {
        List<Child> children = new ArrayList<>();
        try {
            for (Column column : columns) {
                Child child = Child.start(
                        Peers.HALFWAVE,
                        column.java(),
                        classPath,
                        column.threads(),
                        Duel.SMALL_HEAP,
                        /* reuseMemory= */ false,
                        directory);
                children.add(child);
                child.ask("prepare " + work.key() + " " + column.threads(), pace.left());
                round(child, pace.warmUpMillis());
            }
            double[][] rounds = new double[columns.size()][pace.rounds()];
            for (int i = 0; i < pace.rounds(); i++) {
                for (int column = 0; column < columns.size(); column++) {
                    rounds[column][i] = round(children.get(column), pace.roundMillis());
                }
            }
            double[] medians = new double[columns.size()];
            for (int column = 0; column < medians.length; column++) {
                medians[column] = Median.of(rounds[column]);
            }
            return medians;
        } finally {
            children.forEach(Child::close);
        }
    }

    private double round(Child child, int millis) {
        return Double.parseDouble(child.ask("round " + millis + " " + pace.leastSteps(), pace.left()));
    }
}
