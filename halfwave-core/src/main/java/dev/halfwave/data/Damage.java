package dev.halfwave.data;

import javax.imageio.ImageReader;
import javax.imageio.event.IIOReadWarningListener;
import org.jspecify.annotations.Nullable;

/**
 * Listens for the warnings that mean pixels are missing. For a JPEG or GIF that is cut short the JDK's readers make
 * pixels up, and say so only here; other warnings are about harmless liberties that many programs take.
 */
final class Damage implements IIOReadWarningListener {
    private @Nullable String found;

    /** The first such warning. */
    @Nullable
    String found() {
        return found;
    }

    @Override
    public void warningOccurred(ImageReader source, String warning) {
        boolean missing = warning.startsWith("Truncated File")
                || warning.contains("premature end")
                || warning.startsWith("Out-of-sequence code");
        if (missing && found == null) {
            found = warning;
        }
    }
}
