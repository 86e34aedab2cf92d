package dev.halfwave.data;

import dev.halfwave.download.Contents;
import dev.halfwave.download.Download;
import dev.halfwave.download.RemoteFile;
import dev.halfwave.download.Watcher;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A dataset that can be downloaded by its name: one record each, with where its files are and what is in them.
 *
 * <p>The checksums are those of the unpacked contents, which do not depend on who packed them; KMNIST's are those of the
 * packed files, as nobody publishes others, and its contents are checked when they are read.
 *
 * @param name that users type
 * @param mirrors addresses that a file's name is put behind, the best first
 * @param files what has to be fetched
 * @param form how they are found and read
 */
record Published(String name, List<String> mirrors, List<RemoteFile> files, DataFolderForm form) {
    /** Names one server for all datasets, which has each dataset's files in a folder of its name. */
    static final String MIRROR = "halfwave.mirror";

    private static final List<Published> ALL = List.of(
            new Published(
                    "mnist",
                    List.of(
                            "https://ossci-datasets.s3.amazonaws.com/mnist/",
                            "https://storage.googleapis.com/cvdf-datasets/mnist/"),
                    List.of(
                            unpacked(IdxFiles.TRAIN_IMAGES, 9_912_422, "6bbc9ace898e44ae57da46a324031adb"),
                            unpacked(IdxFiles.TRAIN_LABELS, 28_881, "a25bea736e30d166cdddb491f175f624"),
                            unpacked(IdxFiles.TEST_IMAGES, 1_648_877, "2646ac647ad5339dbf082846283269ea"),
                            unpacked(IdxFiles.TEST_LABELS, 4_542, "27ae3e4e09519cfbb04c329615203637")),
                    new DataFolderForm.OfIdx(Mnist.CLASSES)),
            new Published(
                    "fashion-mnist",
                    List.of(
                            "https://raw.githubusercontent.com/zalandoresearch/fashion-mnist/master/data/fashion/",
                            "http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/"),
                    List.of(
                            unpacked(IdxFiles.TRAIN_IMAGES, 26_421_880, "f4a8712d7a061bf5bd6d2ca38dc4d50a"),
                            unpacked(IdxFiles.TRAIN_LABELS, 29_515, "9018921c3c673c538a1fc5bad174d6f9"),
                            unpacked(IdxFiles.TEST_IMAGES, 4_422_102, "8181f5470baa50b63fa0f6fddb340f0a"),
                            unpacked(IdxFiles.TEST_LABELS, 5_148, "15d484375f8d13e6eb1aabb0c3f46965")),
                    new DataFolderForm.OfIdx(List.of(
                            "T-shirt/top",
                            "Trouser",
                            "Pullover",
                            "Dress",
                            "Coat",
                            "Sandal",
                            "Shirt",
                            "Sneaker",
                            "Bag",
                            "Ankle boot"))),
            new Published(
                    "kmnist",
                    List.of(
                            "https://codh.rois.ac.jp/kmnist/dataset/kmnist/",
                            "http://codh.rois.ac.jp/kmnist/dataset/kmnist/"),
                    List.of(
                            packed(IdxFiles.TRAIN_IMAGES, 18_165_135, "bdb82020997e1d708af4cf47b453dcf7"),
                            packed(IdxFiles.TRAIN_LABELS, 29_497, "e144d726b3acfaa3e44228e80efcd344"),
                            packed(IdxFiles.TEST_IMAGES, 3_041_136, "5c965bf0a639b31b8f53240b1b52f4d7"),
                            packed(IdxFiles.TEST_LABELS, 5_120, "7320c461ea6c1c855c0b718fb2a4b134")),
                    new DataFolderForm.OfIdx(List.of("o", "ki", "su", "tsu", "na", "ha", "ma", "ya", "re", "wo"))),
            new Published(
                    "cifar10",
                    List.of("https://www.cs.toronto.edu/~kriz/", "https://cave.cs.toronto.edu/kriz/"),
                    List.of(archive(
                            Cifar.TEN,
                            170_052_171,
                            "5dd7e06a14cb22eb9f671a540d1b7c25",
                            "5ea93a67294ea407fff1d09f752e9692",
                            "942cd6a4bcdd0dd3c604fbe906cb4421",
                            "ae636b3ba5c66a11e91e8cb52e771fcb",
                            "53f37980c15c3d472c316c40844f3f0d",
                            "803d5f7f4d78ea53de84dbe85f74fb6d")),
                    new DataFolderForm.OfCifar(Cifar.TEN)),
            new Published(
                    "cifar100",
                    List.of("https://www.cs.toronto.edu/~kriz/", "https://cave.cs.toronto.edu/kriz/"),
                    List.of(archive(
                            Cifar.HUNDRED,
                            168_513_733,
                            "6172c7755cfe09b2fe270c85cebc1b15",
                            "4499cfba6c016c1be1438163640a0898")),
                    new DataFolderForm.OfCifar(Cifar.HUNDRED)));

    private static RemoteFile unpacked(String stem, long bytes, String md5) {
        return new RemoteFile(stem + ".gz", bytes, Contents.unpacked(md5));
    }

    private static RemoteFile packed(String stem, long bytes, String md5) {
        return new RemoteFile(stem + ".gz", bytes, Contents.packed(md5));
    }

    /** The MD5s are those of the files to train on, in order, and the file to test with. */
    private static RemoteFile archive(Cifar cifar, long bytes, String... md5s) {
        List<String> names = Stream.concat(cifar.train().stream(), Stream.of(cifar.test()))
                .map(name -> cifar.folder() + "/" + name)
                .toList();
        Map<String, String> contents =
                names.stream().collect(Collectors.toMap(name -> name, name -> md5s[names.indexOf(name)]));
        return new RemoteFile(cifar.archive(), bytes, Contents.entries(contents));
    }

    /** All of them. */
    static List<Published> all() {
        return ALL;
    }

    static Optional<Published> named(String name) {
        return ALL.stream().filter(one -> one.name.equals(name)).findFirst();
    }

    /** Reads it from below a data folder. */
    Splits read(Path dataDir) {
        return form.read(name, dataDir);
    }

    /** Fetches the files that are missing into the folder of this name in the data folder. */
    void download(Path dataDir, Watcher watcher) {
        Path folder = dataDir.resolve(name);
        if (form.isElsewhere(name, dataDir)) {
            return;
        }
        for (RemoteFile file : files) {
            if (!form.has(folder, file)) {
                new Download(file, urls(file), folder, watcher).fetch();
            }
        }
    }

    private List<String> urls(RemoteFile file) {
        String own = System.getProperty(MIRROR, "");
        if (own.isEmpty()) {
            return mirrors.stream().map(mirror -> mirror + file.name()).toList();
        }
        return List.of(own + (own.endsWith("/") ? "" : "/") + name + "/" + file.name());
    }
}
