package dev.halfwave.archive;

import dev.halfwave.format.ModelFormatException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Pattern;

/** The names of entries: {@code folder/file} with forward slashes, inside the archive's own folder. */
final class EntryName {
    private static final Pattern DRIVE = Pattern.compile("[A-Za-z]:.*", Pattern.DOTALL);

    private EntryName() {}

    /**
     * The name as it should have been written: without {@code ./} in front or a slash behind, and with slashes where
     * Windows has put backslashes.
     *
     * @throws ModelFormatException if it leads out of the folder that the archive would be unpacked in
     */
    static String checked(Path archive, String raw) {
        String name = raw.replace('\\', '/');
        boolean absolute = name.startsWith("/") || DRIVE.matcher(name).matches();
        boolean climbs = Arrays.asList(name.split("/")).contains("..");
        if (absolute || climbs || name.indexOf('\0') >= 0) {
            throw new ModelFormatException(archive
                    + ": expected names that stay inside the archive's folder, received \"" + raw.replace('\0', '␀')
                    + "\"; do not unpack this archive, get one from a source you trust");
        }
        return stripped(name);
    }

    private static String stripped(String name) {
        String rest = name;
        while (rest.startsWith("./")) {
            rest = rest.substring(2);
        }
        return rest.endsWith("/") ? rest.substring(0, rest.length() - 1) : rest;
    }
}
