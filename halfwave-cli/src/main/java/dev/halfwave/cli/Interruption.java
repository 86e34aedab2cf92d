package dev.halfwave.cli;

import dev.halfwave.train.Trainer;
import java.util.concurrent.CountDownLatch;

/**
 * Lets Ctrl-C, or a polite kill, end training after the batch at hand instead of ending the JVM in the middle of it.
 */
final class Interruption {
    /** What a shell reports for a command that Ctrl-C ended: 128 and the number of SIGINT. */
    static final int EXIT_CODE = 130;

    private Interruption() {}

    /**
     * Runs training such that the JVM, when told to end, stops the trainer and waits for whatever is still to be done,
     * such as writing a checkpoint.
     */
    static void guard(Trainer trainer, Runnable training) {
        CountDownLatch done = new CountDownLatch(1);
        Thread hook = new Thread(() -> stop(trainer, done), "halfwave-interruption");
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            training.run();
        } finally {
            done.countDown();
            release(hook);
        }
    }

    private static void stop(Trainer trainer, CountDownLatch done) {
        trainer.stop();
        try {
            done.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void release(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The JVM is ending, and the hook was what it waited for.
        }
    }
}
