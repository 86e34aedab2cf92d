package dev.halfwave.experiment;

/**
 * An epoch of a run.
 *
 * @param testError the share of test images classified wrongly after it
 * @param testLoss the mean loss on them
 * @param seconds spent training, without looking at test images
 */
public record TrainedEpoch(double testError, double testLoss, double seconds) {}
