package dev.halfwave.data;

import dev.halfwave.archive.Archive;
import dev.halfwave.archive.Limits;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The images of a zip or tar file, read as {@link ImageFolder} reads those of the folder it unpacks to, without
 * unpacking it: the packed images stay in memory.
 *
 * <p>A folder around everything counts for nothing. An archive of CIFAR's binary files is read, too.
 */
final class ArchivedImages implements Archive.Visitor {
    private static final int MOST_NAMED = 3;

    private final Path archive;
    private final Map<String, byte[]> images = new TreeMap<>();
    private final Map<String, byte[]> cifar = new TreeMap<>();
    private final List<String> others = new ArrayList<>();

    private ArchivedImages(Path archive) {
        this.archive = archive;
    }

    /**
     * Opens an archive.
     *
     * @param heldBack how much of it is held back if it is not in train and test
     * @param seed chooses which ones
     */
    static Splits read(Path archive, ImageOptions options, double heldBack, long seed) {
        ArchivedImages found = new ArchivedImages(archive);
        Archive.read(archive, Limits.usual(), found);
        Optional<Cifar> binary = Cifar.among(found.cifar.keySet());
        return binary.isPresent() && found.images.isEmpty()
                ? binary.get().read(archive, found.cifar)
                : found.splits(options, heldBack, seed);
    }

    @Override
    public boolean wants(String name) {
        String[] way = name.split("/");
        String last = way[way.length - 1];
        boolean hidden = Arrays.stream(way).anyMatch(step -> step.startsWith(".") || step.equals("__MACOSX"));
        boolean wanted = !hidden && (ClassFolders.isImage(last) || Cifar.isPart(last));
        if (!wanted && others.size() <= MOST_NAMED) {
            others.add(name);
        }
        return wanted;
    }

    @Override
    public void take(String name, byte[] content) {
        String last = name.substring(name.lastIndexOf('/') + 1);
        if (Cifar.isPart(last)) {
            cifar.put(last, content);
        } else {
            images.put(name, content);
        }
    }

    private Splits splits(ImageOptions options, double heldBack, long seed) {
        String around = around();
        Set<String> folders =
                below(around).stream().map(name -> step(name, around)).collect(Collectors.toSet());
        Optional<String> test =
                Stream.of("test", "val").filter(folders::contains).findFirst();
        if (folders.contains("train") && test.isPresent()) {
            DecodedImages train = images(around + "train/", options);
            return new Splits(train, alike(train, around + test.get() + "/"));
        }
        return images(around, options).split(heldBack, seed);
    }

    /** The folders that everything is in, down to the one that holds the classes; loose images count for nothing. */
    private String around() {
        String around = "";
        while (true) {
            String prefix = around;
            List<String> names = below(prefix);
            List<String> steps =
                    names.stream().map(name -> step(name, prefix)).distinct().toList();
            if (steps.size() != 1) {
                return around;
            }
            String deeper = prefix + steps.get(0) + "/";
            if (below(deeper).isEmpty()) {
                return around;
            }
            around = deeper;
        }
    }

    /** The folder below another one that a name leads through. */
    private static String step(String name, String prefix) {
        int end = name.indexOf('/', prefix.length());
        return end < 0 ? "" : name.substring(prefix.length(), end);
    }

    private List<String> below(String folder) {
        return images.keySet().stream()
                .filter(name -> name.startsWith(folder) && !step(name, folder).isEmpty())
                .toList();
    }

    private DecodedImages images(String folder, ImageOptions options) {
        List<String> names = below(folder);
        List<String> classes = names.stream()
                .map(name -> step(name, folder))
                .distinct()
                .sorted()
                .toList();
        if (classes.isEmpty()) {
            throw new IllegalArgumentException(archive + ": expected an archive with one folder of images per class,"
                    + " received one with " + contents() + "; put each image into a folder named after its class");
        }
        if (classes.size() == 1) {
            throw new IllegalArgumentException(archive + ": expected at least two classes to tell apart, received only"
                    + " the folder " + folder + classes.get(0) + "; pack the folders of all classes");
        }
        return DecodedImages.of(where(folder), classes, sources(names), labels(names, folder, classes), options);
    }

    private DecodedImages alike(DecodedImages train, String folder) {
        List<String> names = below(folder);
        for (String name : names) {
            if (!train.classes().contains(step(name, folder))) {
                throw new IllegalArgumentException(archive + ", " + name + ": expected one of the classes trained on, "
                        + train.classes() + ", received " + step(name, folder)
                        + "; remove the folder or add the class to the training images");
            }
        }
        if (names.isEmpty()) {
            throw new IllegalArgumentException(archive + ", " + folder + ": expected folders named after the classes "
                    + train.classes() + ", received images without one; put the test images into such folders");
        }
        return train.alike(where(folder), sources(names), labels(names, folder, train.classes()));
    }

    private String where(String folder) {
        return folder.isEmpty() ? archive.toString() : archive + ", " + folder.substring(0, folder.length() - 1);
    }

    private List<ImageSource> sources(List<String> names) {
        return names.stream()
                .map(name -> ImageSource.of(archive, name, images.getOrDefault(name, new byte[0])))
                .toList();
    }

    private static int[] labels(List<String> names, String folder, List<String> classes) {
        return names.stream()
                .mapToInt(name -> classes.indexOf(step(name, folder)))
                .toArray();
    }

    private String contents() {
        List<String> names =
                Stream.concat(images.keySet().stream(), others.stream()).toList();
        String shown = String.join(", ", names.subList(0, Math.min(MOST_NAMED, names.size())));
        return names.isEmpty() ? "nothing in it" : shown + (names.size() > MOST_NAMED ? ", …" : "");
    }
}
