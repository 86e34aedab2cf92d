package dev.halfwave.train;

import java.util.Map;

/** Someone who watches training. Every method does nothing unless overridden; all are called on the training thread. */
public interface TrainingListener {
    /**
     * An epoch begins, or goes on after resuming.
     *
     * @param epoch from 1
     * @param batch how many of its batches are already done
     * @param batches how many there are in all
     */
    default void epochStarted(int epoch, int batch, int batches) {}

    /**
     * A batch is done.
     *
     * @param trainer who trains; may be asked for a checkpoint, or to stop
     * @param tally loss and accuracy of the epoch so far
     */
    default void batchDone(Trainer trainer, Tally tally) {}

    /** An epoch is done. */
    default void epochDone(Trainer trainer, EpochReport report) {}

    /** What checkpoints should keep for this listener; keys begin with its name, as in {@code early-stopping.best}. */
    default Map<String, String> notes() {
        return Map.of();
    }

    /**
     * Training goes on from a checkpoint rather than from the beginning.
     *
     * @param trainer already where the checkpoint is; may be asked to finish
     * @param notes the checkpoint's, among which are those that this listener left, if it was there
     */
    default void resumed(Trainer trainer, Map<String, String> notes) {}
}
