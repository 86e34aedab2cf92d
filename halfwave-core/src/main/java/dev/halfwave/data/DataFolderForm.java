package dev.halfwave.data;

import dev.halfwave.download.RemoteFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** How a published dataset lies in a data folder: where it is looked for, and how it is read. */
interface DataFolderForm {
    Splits read(String name, Path dataDir);

    /** Whether a folder has the file, perhaps unpacked or by another name. */
    boolean has(Path folder, RemoteFile file);

    /** Whether a user has put the dataset into another place of the data folder than that of its name. */
    boolean isElsewhere(String name, Path dataDir);

    /** Four IDX files. */
    record OfIdx(List<String> classes) implements DataFolderForm {
        @Override
        public Splits read(String name, Path dataDir) {
            return IdxFiles.read(name, folders(name, dataDir), classes);
        }

        /** Any of these datasets could be in files of these names: only MNIST may lie in the data folder itself. */
        private static List<Path> folders(String name, Path dataDir) {
            Path own = dataDir.resolve(name);
            boolean itself = name.equals("mnist") || dataDir.endsWith(name);
            return itself ? List.of(own, dataDir) : List.of(own);
        }

        @Override
        public boolean has(Path folder, RemoteFile file) {
            return IdxFiles.has(folder, file.name().replaceFirst("\\.gz$", ""));
        }

        @Override
        public boolean isElsewhere(String name, Path dataDir) {
            return IdxFiles.folder(folders(name, dataDir))
                    .filter(found -> !found.equals(dataDir.resolve(name)))
                    .isPresent();
        }
    }

    /** CIFAR's binary files, or the archive they come in. */
    record OfCifar(Cifar cifar) implements DataFolderForm {
        @Override
        public Splits read(String name, Path dataDir) {
            return cifar.read(cifar.find(dataDir)
                    .orElseThrow(() -> new IllegalArgumentException(name + ": expected the folder " + cifar.folder()
                            + " or the file " + cifar.archive() + " in " + dataDir.resolve(name) + " or " + dataDir
                            + ", received neither; put one of them there, or name its folder with --data-dir")));
        }

        @Override
        public boolean has(Path folder, RemoteFile file) {
            return Files.isRegularFile(folder.resolve(file.name()));
        }

        @Override
        public boolean isElsewhere(String name, Path dataDir) {
            return cifar.find(dataDir).isPresent();
        }
    }
}
