package dev.halfwave.bench.side;

import dev.halfwave.bench.peer.Peers;
import dev.halfwave.bench.work.ColdStart;
import dev.halfwave.bench.work.Results;
import dev.halfwave.bench.work.Work;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/** One work, Halfwave and one peer, each in its own process: results are compared, then both are timed in turn. */
final class Duel {
    /** How long libraries' idle threads go on spinning at most, so that nobody is timed while they do. */
    static final int PAUSE_MILLIS = 200;

    private static final int MEMORY_STEPS = 6;

    static final Path OWN_JAVA = Path.of(System.getProperty("java.home"));

    /** As Halfwave's launcher starts Java. */
    static final List<String> SMALL_HEAP = List.of("-XX:+UseSerialGC", "-Xmn32m");

    private final ClassPaths classPaths;
    private final Pace pace;
    private final int threads;
    private final Path directory;

    Duel(ClassPaths classPaths, Pace pace, int threads, Path directory) {
        this.classPaths = classPaths;
        this.pace = pace;
        this.threads = threads;
        this.directory = directory;
    }

    /** What came of it, whatever it was. */
    Row run(Work work, String peer) {
        String title = peer;
        if (pace.isOver()) {
            return Row.impossible(work, peer, title, "not begun when the time for --quick was over");
        }
        try (Child rival = start(peer, work)) {
            title = rival.ask("title", pace.left());
            return switch (work.measure()) {
                case STEP -> steps(work, peer, title, rival);
                case COLD_START -> coldStarts((ColdStart) work, peer, title, rival);
                case PEAK_MEMORY -> peakMemory(work, peer, title);
            };
        } catch (PeerException e) {
            String reason = pace.isOver() ? "not finished when the time for --quick was over" : e.reason();
            return Row.impossible(work, peer, title, reason);
        } catch (IOException e) {
            return Row.impossible(work, peer, title, e.toString());
        }
    }

    /** Peers have Java's own memory kept small, too, where memory is what is measured. */
    private Child start(String peer, Work work, String... more) throws IOException {
        boolean reuseMemory = work.measure() == Work.Measure.STEP;
        boolean smallHeap = peer.equals(Peers.HALFWAVE) || work.measure() == Work.Measure.PEAK_MEMORY;
        List<String> options = new ArrayList<>(smallHeap ? SMALL_HEAP : List.of());
        options.addAll(List.of(more));
        return Child.start(peer, OWN_JAVA, classPaths.of(peer), threads, options, reuseMemory, directory);
    }

    private Row steps(Work work, String peer, String title, Child rival) throws IOException {
        try (Child halfwave = start(Peers.HALFWAVE, work)) {
            OptionalDouble error = compare(work, halfwave, rival);
            if (error.isPresent() && !(error.getAsDouble() <= work.tolerance())) {
                return Row.wrong(work, peer, title, error.getAsDouble());
            }
            String prepare = "prepare " + work.key() + " " + threads;
            halfwave.ask(prepare, pace.left());
            rival.ask(prepare, pace.left());
            round(halfwave, pace.warmUpMillis() * work.warmUp());
            round(rival, pace.warmUpMillis() * work.warmUp());
            double[] ours = new double[pace.rounds()];
            double[] theirs = new double[pace.rounds()];
            for (int i = 0; i < pace.rounds(); i++) {
                ours[i] = round(halfwave, pace.roundMillis());
                theirs[i] = round(rival, pace.roundMillis());
            }
            return Row.measured(work, peer, title, Ratio.of(ours, theirs), error);
        }
    }

    /** How far results are apart; nothing if the peer has none to compare. */
    private OptionalDouble compare(Work work, Child halfwave, Child rival) throws IOException {
        Path ours = Files.createTempFile(directory, "halfwave", ".floats");
        Path theirs = Files.createTempFile(directory, "peer", ".floats");
        try {
            halfwave.tell("check " + work.key() + " " + threads + " " + ours);
            rival.tell("check " + work.key() + " " + threads + " " + theirs);
            halfwave.answer(pace.left());
            rival.answer(pace.left());
            float[] received = Results.read(theirs);
            return received.length == 0
                    ? OptionalDouble.empty()
                    : OptionalDouble.of(Results.error(Results.read(ours), received));
        } finally {
            Files.deleteIfExists(ours);
            Files.deleteIfExists(theirs);
        }
    }

    private double round(Child child, int millis) {
        pause();
        return Double.parseDouble(child.ask("round " + millis + " " + pace.leastSteps(), pace.left()));
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PeerException("interrupted");
        }
    }

    private Row coldStarts(ColdStart work, String peer, String title, Child rival) throws IOException {
        Path ours = directory.resolve("cold-halfwave.model");
        Path theirs = directory.resolve("cold-" + peer + ".model");
        try (Child halfwave = start(Peers.HALFWAVE, work)) {
            halfwave.ask(work.saving(ours), pace.left());
            rival.ask(work.saving(theirs), pace.left());
        }
        archive(work, Peers.HALFWAVE, ours);
        if (work.archived()) {
            archive(work, peer, theirs);
        } else {
            Files.deleteIfExists(classes(peer));
        }
        double[] a = new double[pace.startRounds()];
        double[] b = new double[pace.startRounds()];
        for (int i = 0; i < a.length; i++) {
            a[i] = coldStart(work, Peers.HALFWAVE, ours);
            b[i] = coldStart(work, peer, theirs);
        }
        return Row.measured(work, peer, title, Ratio.of(a, b), OptionalDouble.empty());
    }

    /** Every start has the classes of the one before in an archive, as Halfwave's launcher provides them. */
    private void archive(ColdStart work, String peer, Path model) throws IOException {
        Files.deleteIfExists(classes(peer));
        try (Child child = start(peer, work, "-XX:ArchiveClassesAtExit=" + classes(peer))) {
            child.ask(work.predicting(model), pace.left());
            child.end();
        }
    }

    private Path classes(String peer) {
        return directory.resolve("cold-" + peer + ".jsa");
    }

    private double coldStart(ColdStart work, String peer, Path model) throws IOException {
        pause();
        long start = System.nanoTime();
        String[] shared = Files.exists(classes(peer))
                ? new String[] {"-XX:SharedArchiveFile=" + classes(peer), "-Xlog:cds=off", "-Xlog:cds+dynamic=off"}
                : new String[0];
        try (Child child = start(peer, work, shared)) {
            child.ask(work.predicting(model), pace.left());
            return (System.nanoTime() - start) / 1e6;
        }
    }

    private Row peakMemory(Work work, String peer, String title) throws IOException {
        double[] a = new double[pace.startRounds()];
        double[] b = new double[pace.startRounds()];
        for (int i = 0; i < a.length; i++) {
            a[i] = peakMemory(work, Peers.HALFWAVE);
            b[i] = peakMemory(work, peer);
        }
        return Row.measured(work, peer, title, Ratio.of(a, b), OptionalDouble.empty());
    }

    private double peakMemory(Work work, String peer) throws IOException {
        try (Child child = start(peer, work)) {
            child.ask("prepare " + work.key() + " " + threads, pace.left());
            child.ask("round 0 " + MEMORY_STEPS, pace.left());
            return child.peakMemory();
        }
    }
}
