package dev.halfwave.train;

/**
 * How good a model is on some data, in detail.
 *
 * @param score loss and accuracy
 * @param k how many classes {@code topK} looks at
 * @param topK share of samples whose right class is among the k with the largest logits
 * @param confusion what was taken for what
 */
public record Evaluation(Score score, int k, double topK, Confusion confusion) {}
