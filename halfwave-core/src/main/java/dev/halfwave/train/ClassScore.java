package dev.halfwave.train;

/**
 * How well one class is recognized, or several on average.
 *
 * @param name the class, or what average it is
 * @param precision share of the samples classified as this class that are of it; 0 if there are none
 * @param recall share of the samples of this class that are classified as it; 0 if there are none
 * @param f1 harmonic mean of both, 2·TP / (2·TP + FP + FN); 0 if nothing was right
 * @param samples how many samples are of this class
 */
public record ClassScore(String name, double precision, double recall, double f1, long samples) {}
