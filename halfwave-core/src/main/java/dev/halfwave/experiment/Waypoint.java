package dev.halfwave.experiment;

/**
 * How far a run had come at some moment.
 *
 * @param epochs how many epochs were done, with fractions
 * @param seconds spent training until then
 * @param error the share of training images classified wrongly since the waypoint before, each before it was learnt from
 */
public record Waypoint(double epochs, double seconds, double error) {}
