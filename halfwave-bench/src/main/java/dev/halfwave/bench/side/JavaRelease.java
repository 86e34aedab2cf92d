package dev.halfwave.bench.side;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What a JDK's file {@code release} says. */
final class JavaRelease {
    private static final String VERSION = "JAVA_VERSION=";

    private JavaRelease() {}

    /** The feature number of the Java in a directory, as in {@code 17}. */
    static String version(Path home) throws IOException {
        try (Stream<String> lines = Files.lines(home.resolve("release"))) {
            return lines.filter(line -> line.startsWith(VERSION))
                    .map(line -> line.substring(VERSION.length()).replace("\"", ""))
                    .map(version -> version.split("[.+-]", 2)[0])
                    .findFirst()
                    .orElse("of unknown version");
        }
    }
}
