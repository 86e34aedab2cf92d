package dev.halfwave.train;

/**
 * How good a model is on some data.
 *
 * @param loss mean loss
 * @param accuracy share of samples classified rightly
 * @param samples how many there were
 */
public record Score(double loss, double accuracy, long samples) {}
