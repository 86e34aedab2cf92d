package dev.halfwave.data;

import dev.halfwave.archive.Archive;
import dev.halfwave.archive.Limits;
import dev.halfwave.archive.ReadableFile;
import dev.halfwave.archive.UnpackedFile;
import dev.halfwave.format.ModelFormatException;
import dev.halfwave.tensor.Shape;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The binary version of CIFAR-10 and CIFAR-100: 50,000 small photographs to train on and 10,000 to test with, {@code
 * [32, 32, 3]}.
 *
 * <p>A file is a row of records: one label byte, or for CIFAR-100 the superclass and the class, then 1024 bytes each of
 * red, green and blue. The files are read from a folder or from the archive they come in.
 *
 * @param name as messages have it
 * @param folder that the archive unpacks to
 * @param archive that the files come in
 * @param train the files to train on
 * @param test the file to test with
 * @param labelBytes bytes before the pixels, the last of which is the class
 * @param classes the names of the classes
 * @see <a href="https://www.cs.toronto.edu/~kriz/learning-features-2009-TR.pdf">Krizhevsky: Learning Multiple Layers of Features from Tiny Images,
 *     2009</a>
 */
record Cifar(
        String name,
        String folder,
        String archive,
        List<String> train,
        String test,
        int labelBytes,
        List<String> classes) {

    static final Cifar TEN = new Cifar(
            "cifar10",
            "cifar-10-batches-bin",
            "cifar-10-binary.tar.gz",
            IntStream.rangeClosed(1, 5)
                    .mapToObj(i -> "data_batch_" + i + ".bin")
                    .toList(),
            "test_batch.bin",
            1,
            words("airplane automobile bird cat deer dog frog horse ship truck"));

    static final Cifar HUNDRED = new Cifar(
            "cifar100", "cifar-100-binary", "cifar-100-binary.tar.gz", List.of("train.bin"), "test.bin", 2, words("""
                    apple aquarium_fish baby bear beaver bed bee beetle bicycle bottle bowl boy bridge bus butterfly
                    camel can castle caterpillar cattle chair chimpanzee clock cloud cockroach couch crab crocodile cup
                    dinosaur dolphin elephant flatfish forest fox girl hamster house kangaroo keyboard lamp lawn_mower
                    leopard lion lizard lobster man maple_tree motorcycle mountain mouse mushroom oak_tree orange
                    orchid otter palm_tree pear pickup_truck pine_tree plain plate poppy porcupine possum rabbit
                    raccoon ray road rocket rose sea seal shark shrew skunk skyscraper snail snake spider squirrel
                    streetcar sunflower sweet_pepper table tank telephone television tiger tractor train trout tulip
                    turtle wardrobe whale willow_tree wolf woman worm"""));

    private static final int SIDE = 32;
    private static final int PLANE = SIDE * SIDE;

    /** Four times CIFAR-100's largest. */
    private static final int MOST_FILE_BYTES = 1 << 29;

    private static List<String> words(String text) {
        return List.of(text.split("\\s+"));
    }

    /** The one of the two whose first file is among some names. */
    static Optional<Cifar> among(Collection<String> names) {
        return Stream.of(TEN, HUNDRED)
                .filter(cifar -> names.contains(cifar.train.get(0)))
                .findFirst();
    }

    /** The one of the two whose files are in a folder. */
    static Optional<Cifar> in(Path place) {
        return Stream.of(TEN, HUNDRED)
                .filter(cifar -> Files.isRegularFile(place.resolve(cifar.train.get(0))))
                .findFirst();
    }

    /** Whether a file of an archive is one of these datasets', by its name without folders. */
    static boolean isPart(String file) {
        return Stream.of(TEN, HUNDRED).anyMatch(cifar -> cifar.train.contains(file) || cifar.test.equals(file));
    }

    /** Where the files or the archive are, below a data folder. */
    Optional<Path> find(Path dataDir) {
        Path own = dataDir.resolve(name);
        Predicate<Path> hasFiles = place -> Files.isRegularFile(place.resolve(train.get(0)));
        Stream<Path> unpacked =
                Stream.of(own.resolve(folder), own, dataDir.resolve(folder)).filter(hasFiles);
        Stream<Path> packed =
                Stream.of(own.resolve(archive), dataDir.resolve(archive)).filter(Files::isRegularFile);
        return Stream.concat(unpacked, packed).findFirst();
    }

    /**
     * Reads the files in a folder or an archive.
     *
     * @throws ModelFormatException if one of them is malformed or missing
     */
    Splits read(Path place) {
        Map<String, byte[]> files = new HashMap<>();
        if (Files.isDirectory(place)) {
            Stream.concat(train.stream(), Stream.of(test)).forEach(file -> {
                if (Files.exists(place.resolve(file))) {
                    files.put(file, contents(place.resolve(file)));
                }
            });
        } else {
            Archive.read(place, Limits.usual(), new Archive.Visitor() {
                @Override
                public boolean wants(String file) {
                    return isPart(lastName(file));
                }

                @Override
                public void take(String file, byte[] content) {
                    files.put(lastName(file), content);
                }
            });
        }
        return read(place, files);
    }

    private static String lastName(String file) {
        return file.substring(file.lastIndexOf('/') + 1);
    }

    private static byte[] contents(Path file) {
        try (InputStream in = ReadableFile.open(file, "a file of CIFAR")) {
            return in.readNBytes(MOST_FILE_BYTES);
        } catch (IOException e) {
            throw ReadableFile.refused(file, "a file of CIFAR", "an error (" + e + ")", "check the disk", e);
        }
    }

    /** Reads the files of this dataset by their names, from wherever they were. */
    Splits read(Path place, Map<String, byte[]> files) {
        return new Splits(part(place, "train", train, files), part(place, "test", List.of(test), files));
    }

    private Dataset part(Path place, String part, List<String> names, Map<String, byte[]> files) {
        int samples =
                names.stream().mapToInt(file -> records(place, file, files)).sum();
        byte[] pixels = new byte[samples * 3 * PLANE];
        byte[] labels = new byte[samples];
        int at = 0;
        for (String file : names) {
            byte[] bytes = files.getOrDefault(file, new byte[0]);
            for (int from = 0; from < bytes.length; from += record(), at++) {
                labels[at] = label(place, file, bytes, from + labelBytes - 1);
                interleave(bytes, from + labelBytes, pixels, at * 3 * PLANE);
            }
        }
        return new PackedImages(name + " " + part, Shape.of(SIDE, SIDE, 3), classes, pixels, labels);
    }

    private int record() {
        return labelBytes + 3 * PLANE;
    }

    private int records(Path place, String file, Map<String, byte[]> files) {
        byte[] bytes = files.get(file);
        if (bytes == null) {
            throw new ModelFormatException(place + ": expected the files of " + name + " " + train + " and " + test
                    + ", received no " + file + "; unpack " + archive + " again");
        }
        if (bytes.length == 0 || bytes.length % record() != 0) {
            throw new ModelFormatException(place + ", " + file + ": expected records of " + record()
                    + " bytes, received " + bytes.length + " bytes; get the binary version of " + name
                    + " (not Python's or Matlab's) again");
        }
        return bytes.length / record();
    }

    private byte label(Path place, String file, byte[] bytes, int at) {
        if ((bytes[at] & 0xff) >= classes.size()) {
            throw ModelFormatException.at(
                    place + ", " + file,
                    at,
                    "a label from 0 to " + (classes.size() - 1),
                    Integer.toString(bytes[at] & 0xff),
                    UnpackedFile.GET_AGAIN);
        }
        return bytes[at];
    }

    /** Three planes of one colour each become pixels of three colours. */
    private static void interleave(byte[] planes, int from, byte[] pixels, int to) {
        for (int i = 0; i < PLANE; i++) {
            for (int c = 0; c < 3; c++) {
                pixels[to + 3 * i + c] = planes[from + c * PLANE + i];
            }
        }
    }
}
