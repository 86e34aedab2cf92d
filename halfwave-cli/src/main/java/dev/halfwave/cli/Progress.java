package dev.halfwave.cli;

import dev.halfwave.train.TrainingListener;

/** Shows how far an epoch has come. */
interface Progress extends TrainingListener {
    /** A bar where someone watches, a line now and then elsewhere. */
    static Progress on(Console console, int samples) {
        return Console.isTerminal()
                ? new ProgressBars(TerminalLine.on(console.err()), samples)
                : new ProgressLines(console, samples);
    }

    /** Training has ended, one way or another. */
    default void end() {}
}
