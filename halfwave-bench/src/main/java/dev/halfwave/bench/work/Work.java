package dev.halfwave.bench.work;

import dev.halfwave.bench.peer.Peer;
import dev.halfwave.bench.peer.Running;
import java.util.List;

/** Something that Halfwave and its peers do on the same data. To add one: a line in {@link Works}; a new kind is a record here. */
public interface Work {
    /** What the table calls it. */
    String name();

    /** How many images at once. */
    int batch();

    /** The peers it is compared with, by directory. */
    List<String> peers();

    /** Whether {@code --quick} includes it. */
    boolean quick();

    /** What is measured. */
    default Measure measure() {
        return Measure.STEP;
    }

    /** How much longer than others it takes until compilers are done with it. */
    default int warmUp() {
        return 1;
    }

    /** Prepares what is timed. */
    Running timed(Peer peer, int threads);

    /** Prepares what is compared before: the same without anything random. */
    Running checked(Peer peer, int threads);

    /** After how many steps results are compared; each step's counts. */
    int checkedSteps();

    /** How far results may be apart, relative to the largest. */
    double tolerance();

    /** Name and batch, which tell works apart. */
    default String key() {
        return name() + "@" + batch();
    }

    /** Whether rows of this work count for the geometric mean of all single layers. */
    default boolean isSingleLayer() {
        return name().startsWith("conv-");
    }

    /** What can be measured. */
    enum Measure {
        /** Milliseconds for one step, warm. */
        STEP,
        /** Milliseconds from the start of a process to its first prediction. */
        COLD_START,
        /** MiB of memory that a process had at most. */
        PEAK_MEMORY
    }
}
