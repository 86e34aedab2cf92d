package dev.halfwave.claims;

/**
 * What an experiment found.
 *
 * @param verdict what becomes of the claim
 * @param measured the numbers it rests on, in a sentence
 * @param plot a picture of them
 */
public record Finding(Verdict verdict, String measured, Plot plot) {}
