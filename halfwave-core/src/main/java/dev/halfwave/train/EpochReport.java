package dev.halfwave.train;

import java.util.Optional;

/**
 * How an epoch went.
 *
 * @param epoch its number, from 1
 * @param loss mean training loss
 * @param accuracy share of training samples classified rightly while training
 * @param validation loss and accuracy on the validation part, if there is one
 * @param rate the learning rate of its last step
 * @param imagesPerSecond training speed, without validation
 */
public record EpochReport(
        int epoch, double loss, double accuracy, Optional<Score> validation, double rate, double imagesPerSecond) {}
