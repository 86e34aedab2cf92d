package dev.halfwave.bench.side;

import dev.halfwave.bench.peer.Peers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What each peer's process runs on: Maven builds its module and resolves its jars, downloading them on first use. */
final class ClassPaths {
    private static final String MODULE = "halfwave-bench";
    private static final Path CPU_INFO = Path.of("/proc/cpuinfo");

    private final Map<String, String> known = new HashMap<>();
    private final Path built;
    private final Path log;

    private ClassPaths(Path directory) {
        built = directory.resolve("modules");
        log = directory.resolve("maven.log");
    }

    /**
     * Builds the modules of these peers, and Halfwave's own.
     *
     * @param root the directory of the sources
     * @param directory where to build
     * @throws IllegalStateException if Halfwave's own cannot be built; a peer that cannot is only found missing
     */
    static ClassPaths build(Path root, Path directory, Collection<String> peers) {
        ClassPaths paths = new ClassPaths(directory);
        try {
            Files.createDirectories(paths.built);
            paths.forget(peers);
            paths.maven(root, peers);
            paths.find(Peers.HALFWAVE, MODULE);
            if (!paths.known.containsKey(Peers.HALFWAVE)) {
                throw new IllegalStateException(
                        "bench: expected Maven to build Halfwave, received " + paths.reason(MODULE));
            }
            for (String peer : peers) {
                paths.find(peer, module(peer));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return paths;
    }

    /**
     * A peer's class path.
     *
     * @throws PeerException if it could not be built
     */
    String of(String peer) {
        String path = known.get(Peers.isAtHome(peer) ? Peers.HALFWAVE : peer);
        if (path == null) {
            throw new PeerException("its module could not be built: " + reason(module(peer)));
        }
        return path;
    }

    private static String module(String peer) {
        return Peers.isAtHome(peer) ? MODULE : MODULE + "-" + peer;
    }

    private void forget(Collection<String> peers) throws IOException {
        Files.deleteIfExists(built.resolve(MODULE).resolve("classpath"));
        for (String peer : peers) {
            Files.deleteIfExists(built.resolve(module(peer)).resolve("classpath"));
        }
    }

    private void maven(Path root, Collection<String> peers) throws IOException {
        Path wrapper = root.resolve("mvnw");
        if (!Files.isExecutable(wrapper)) {
            throw new IllegalStateException(
                    "bench: expected Halfwave's sources with their Maven wrapper, received none in " + root
                            + "; run it from a checkout");
        }
        String modules = Stream.concat(Stream.of(Peers.HALFWAVE), peers.stream())
                .map(peer -> ":" + module(peer))
                .distinct()
                .collect(Collectors.joining(","));
        List<String> command = List.of(
                wrapper.toString(),
                "-B",
                "-Ppeers",
                "-Dhalfwave.quick=" + built,
                "-Dpeers.vectors=" + vectors(),
                "--fail-at-end",
                "-pl",
                modules,
                "-am",
                "package");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(root.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        Process process = builder.start();
        process.getOutputStream().close();
        process.onExit().join();
    }

    private static String vectors() throws IOException {
        return Files.isReadable(CPU_INFO) && Files.readString(CPU_INFO).contains("avx512f") ? "avx512" : "avx2";
    }

    private void find(String peer, String module) throws IOException {
        Path directory = built.resolve(module);
        Path list = directory.resolve("classpath");
        if (Files.exists(list)) {
            try (Stream<Path> files = Files.list(directory)) {
                String jar = files.map(Path::toString)
                        .filter(name -> name.endsWith(".jar"))
                        .collect(Collectors.joining(java.io.File.pathSeparator));
                known.put(
                        peer,
                        jar
                                + java.io.File.pathSeparator
                                + Files.readString(list).strip());
            }
        }
    }

    /** What Maven said of the module, shortened to a line. */
    private String reason(String module) {
        try (Stream<String> lines = Files.lines(log)) {
            return lines.filter(line -> line.startsWith("[ERROR]") && line.contains(module))
                            .map(line -> line.substring(line.indexOf(' ') + 1))
                            .map(line -> line.length() > 200 ? line.substring(0, 200) + "…" : line)
                            .findFirst()
                            .orElse("Maven gave no reason")
                    + String.format(Locale.ROOT, " (all of it in %s)", log);
        } catch (IOException e) {
            return "Maven could not be run";
        }
    }
}
