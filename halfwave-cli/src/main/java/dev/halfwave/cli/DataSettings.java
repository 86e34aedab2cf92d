package dev.halfwave.cli;

import dev.halfwave.data.Dataset;
import dev.halfwave.data.Datasets;
import dev.halfwave.data.ImageOptions;
import dev.halfwave.data.Splits;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What data to use.
 *
 * @param data the name of a dataset, or the path of a folder, an archive or a table of images
 * @param dataDir where datasets with files are looked for
 * @param limit the most images of each part, or 0 for all
 * @param images the form that its images are brought into
 * @param balance whether training draws every class equally often
 */
record DataSettings(String data, Path dataDir, int limit, ImageOptions images, boolean balance) {

    /** Opens it, downloaded if need be; an unknown name is a usage error, missing and broken files are not. */
    Splits open(Check check) {
        Datasets.download(data, dataDir, new DownloadLines(check.command().getErr()));
        if (!isKnown()) {
            return check.value(DataOptions.DATA, this::open);
        }
        return open();
    }

    private boolean isKnown() {
        return Datasets.names().contains(data) || Files.exists(dataDir.resolve(data));
    }

    private Splits open() {
        Splits whole = Datasets.open(data, dataDir, images, Datasets.HELD_BACK, 0);
        return new Splits(limited(whole.train()), limited(whole.test()));
    }

    private Dataset limited(Dataset part) {
        return limit == 0 ? part : part.limit(limit);
    }

    /** The same with the images of folders in another form. */
    DataSettings withImages(ImageOptions other) {
        return new DataSettings(data, dataDir, limit, other, balance);
    }

    /** The same with the data's files elsewhere. */
    DataSettings withDataDir(Path other) {
        return new DataSettings(data, other, limit, images, balance);
    }

    /** The same with every class drawn equally often, or as often as it occurs. */
    DataSettings withBalance(boolean wanted) {
        return new DataSettings(data, dataDir, limit, images, wanted);
    }

    /** A short name for it, as for a folder of results. */
    String shortName() {
        return Datasets.names().contains(data)
                ? data
                : String.valueOf(Path.of(data).getFileName())
                        .replaceFirst("\\.(tar\\.gz|tgz|tar|zip|[ct]sv(\\.gz)?)$", "");
    }
}
