package dev.halfwave.data;

import dev.halfwave.archive.UnpackedFile;
import dev.halfwave.format.ModelFormatException;
import dev.halfwave.tensor.Shape;
import java.nio.file.Path;
import java.util.List;

/**
 * The contents of an IDX file of unsigned bytes: the format of MNIST and its relatives.
 *
 * <p>A file is a magic number (two zero bytes, the element type 0x08, the number of axes), one 4-byte big-endian size
 * per axis, and the elements, row-major. It may be packed with gzip; that is seen from the contents, whatever the file
 * is called.
 *
 * @see <a href="https://yann.lecun.com/exdb/mnist/">LeCun, Cortes, Burges: The MNIST database, section on file formats</a>
 */
public final class Idx {
    private final String contents;
    private final Shape shape;
    private final byte[] bytes;

    private Idx(String contents, Shape shape, byte[] bytes) {
        this.contents = contents;
        this.shape = shape;
        this.bytes = bytes;
    }

    /**
     * Reads a file that must have the given number of axes, none of them empty.
     *
     * <p>No more memory is taken than the file can fill: a header that promises more than there is, is refused.
     *
     * @param rank 1 for labels, 3 for grey images {@code [N, H, W]}
     * @throws java.io.UncheckedIOException if there is no such file or it cannot be read
     * @throws ModelFormatException if the file is not an IDX file of bytes with so many axes, is cut short, or goes on after its end
     */
    public static Idx read(Path file, int rank) {
        try (UnpackedFile in = UnpackedFile.open(file)) {
            Shape shape = IdxHeader.read(in, rank);
            byte[] bytes = in.exactly(shape.elements(), "elements of shape " + shape);
            long end = in.position();
            if (!in.ended()) {
                String expected = "the end of the file after elements of shape " + shape;
                throw in.wrong(end, expected, "more bytes", UnpackedFile.GET_AGAIN);
            }
            return new Idx(in.contents(), shape, bytes);
        }
    }

    /**
     * Joins a file of grey images and a file of labels.
     *
     * @param name what messages call the dataset
     * @param classes the names of the classes, of which label 0 is the first; 256 at most
     * @throws IllegalArgumentException if there are no or too many classes
     * @throws java.io.UncheckedIOException if there is no such file or it cannot be read
     * @throws ModelFormatException if a file is malformed, they differ in number, or a label has no class
     */
    public static Dataset dataset(String name, Path images, Path labels, List<String> classes) {
        if (classes.isEmpty() || classes.size() > 256) {
            throw new IllegalArgumentException(name + ": expected 1 to 256 classes, received " + classes.size());
        }
        Idx pictures = read(images, 3);
        Idx numbers = read(labels, 1);
        int count = pictures.shape.size(0);
        if (count != numbers.shape.size(0)) {
            throw new ModelFormatException(labels + ": expected " + count + " labels, one for every image in " + images
                    + ", received " + numbers.shape.size(0) + "; take both files from the same dataset");
        }
        numbers.checkLabels(classes);
        Shape sample = Shape.of(pictures.shape.size(1), pictures.shape.size(2), 1);
        return new PackedImages(name, sample, classes, pictures.bytes, numbers.bytes);
    }

    /** The sizes of the axes. */
    public Shape shape() {
        return shape;
    }

    /** The elements themselves, row-major, each an unsigned byte; not a copy. */
    public byte[] bytes() {
        return bytes;
    }

    private void checkLabels(List<String> classes) {
        for (int i = 0; i < bytes.length; i++) {
            int label = bytes[i] & 0xff;
            if (label >= classes.size()) {
                throw ModelFormatException.at(
                        contents,
                        IdxHeader.bytes(1) + i,
                        "a label from 0 to " + (classes.size() - 1),
                        Integer.toString(label),
                        "give the dataset as many classes as it has labels, or take another labels file");
            }
        }
    }
}
