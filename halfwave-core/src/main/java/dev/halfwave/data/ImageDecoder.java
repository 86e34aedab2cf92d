package dev.halfwave.data;

import dev.halfwave.format.ModelFormatException;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HexFormat;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * Reads image files with the JDK's readers, and turns every way in which these fail into an error that names the file.
 */
final class ImageDecoder {
    /** Larger images are refused before anything is allocated for them: 64 mebipixels. */
    private static final int MOST_PIXELS = 1 << 26;

    private static final String EXPORT_AGAIN = "get the file again or save it anew as PNG";

    private ImageDecoder() {}

    /** The height and width of an image, from its header. */
    static int[] size(ImageSource file) {
        return read(file, ImageDecoder::checkedSize);
    }

    /** All pixels of an image, the first one of an animation. */
    static Pixels decode(ImageSource file) {
        return read(file, (path, reader) -> {
            checkedSize(path, reader);
            Damage damage = new Damage();
            reader.addIIOReadWarningListener(damage);
            BufferedImage image = reader.read(0);
            if (damage.found() != null) {
                throw wrong(path, "a complete image", "a damaged one (" + damage.found() + ")", EXPORT_AGAIN);
            }
            return RasterPixels.of(path, image);
        });
    }

    private interface Reading<T> {
        T apply(ImageSource file, ImageReader reader) throws IOException;
    }

    private static <T> T read(ImageSource file, Reading<T> reading) {
        // The JDK's readers also fail with unchecked exceptions of many kinds on damaged files.
        try (InputStream bytes = file.open(); // which the image stream does not close
                ImageInputStream in = new MemoryCacheImageInputStream(bytes)) {
            ImageReader reader = reader(file, in);
            try {
                return reading.apply(file, reader);
            } finally {
                reader.dispose();
            }
        } catch (ModelFormatException | UncheckedIOException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            String received = "one that cannot be read (" + e + ")";
            throw new ModelFormatException(text(file, "an image", received, EXPORT_AGAIN), e);
        }
    }

    private static ImageReader reader(ImageSource file, ImageInputStream in) throws IOException {
        Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
        if (!readers.hasNext()) {
            throw wrong(
                    file,
                    "an image in a format of the JDK, such as PNG, JPEG, GIF or BMP",
                    beginning(file),
                    "convert the file to PNG");
        }
        ImageReader reader = readers.next();
        reader.setInput(in, true, true);
        return reader;
    }

    private static String beginning(ImageSource file) throws IOException {
        try (InputStream in = file.open()) {
            byte[] bytes = in.readNBytes(8);
            String hex = HexFormat.ofDelimiter(" ").formatHex(bytes);
            return bytes.length == 0 ? "an empty file" : "a file that begins with the bytes " + hex;
        }
    }

    private static int[] checkedSize(ImageSource file, ImageReader reader) throws IOException {
        int height = reader.getHeight(0);
        int width = reader.getWidth(0);
        if ((long) height * width > MOST_PIXELS) {
            throw wrong(file, "an image of at most " + MOST_PIXELS + " pixels", width + "×" + height, "scale it down");
        }
        return new int[] {height, width};
    }

    static ModelFormatException wrong(ImageSource file, String expected, String received, String advice) {
        return new ModelFormatException(text(file, expected, received, advice));
    }

    private static String text(ImageSource file, String expected, String received, String advice) {
        return file + ": expected " + expected + ", received " + received + "; " + advice;
    }
}
