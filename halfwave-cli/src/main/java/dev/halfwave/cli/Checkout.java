package dev.halfwave.cli;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Halfwave's sources, for what is built from them on first use.
 *
 * @param root their directory
 */
record Checkout(Path root) {
    private static final String WRAPPER = "mvnw";

    /** The checkout that this program was built in, or else the one that the working directory is in. */
    static Optional<Checkout> find() {
        return Stream.of(program(), Optional.of(Path.of("")))
                .flatMap(Optional::stream)
                .flatMap(start -> around(start).stream())
                .findFirst();
    }

    /** The checkout that a place is in, if it is in any. */
    static Optional<Checkout> around(Path place) {
        for (Path at = place.toAbsolutePath().normalize(); at != null; at = at.getParent()) {
            if (Files.isExecutable(at.resolve(WRAPPER)) && Files.exists(at.resolve("halfwave-bench/pom.xml"))) {
                return Optional.of(new Checkout(at));
            }
        }
        return Optional.empty();
    }

    private static Optional<Path> program() {
        CodeSource source = Checkout.class.getProtectionDomain().getCodeSource();
        try {
            return source == null || source.getLocation() == null
                    ? Optional.empty()
                    : Optional.of(Path.of(source.getLocation().toURI()));
        } catch (URISyntaxException | IllegalArgumentException e) { // not from a file
            return Optional.empty();
        }
    }

    /**
     * Runs Maven in the checkout, with this program's Java.
     *
     * @param log where everything it says goes
     * @return whether it succeeded
     */
    boolean maven(Path log, List<String> arguments) throws IOException, InterruptedException {
        List<String> command = Stream.concat(Stream.of(root.resolve(WRAPPER).toString()), arguments.stream())
                .toList();
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(root.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        Process process = builder.start();
        process.getOutputStream().close();
        return process.waitFor() == 0;
    }
}
