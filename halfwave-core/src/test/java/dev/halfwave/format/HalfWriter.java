package dev.halfwave.format;

import java.io.IOException;
import java.nio.file.Path;

/** A process that writes half a file, says so, and then waits to be killed. Argument: the file. */
final class HalfWriter {
    private HalfWriter() {}

    public static void main(String[] arguments) {
        AtomicFile.write(Path.of(arguments[0]), out -> {
            out.write(new byte[200_000]);
            out.flush();
            Child.announce("half");
            waitForEver();
        });
    }

    private static void waitForEver() throws IOException {
        try {
            Thread.currentThread().join();
        } catch (InterruptedException e) {
            throw new IOException("nobody interrupts this process", e);
        }
    }
}
