package dev.halfwave.download;

/**
 * A file that mirrors offer.
 *
 * @param name what it is called there and here
 * @param bytes its size, to announce it and to notice what goes on for too long; 1 or more
 * @param contents what is in it
 */
public record RemoteFile(String name, long bytes, Contents contents) {}
