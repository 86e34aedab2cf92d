package dev.halfwave.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where files are kept that can be made anew.
 *
 * @see <a href="https://specifications.freedesktop.org/basedir-spec/latest/">XDG Base Directory Specification</a>
 */
final class UserCache {
    private UserCache() {}

    /** A file of ours in the user's cache directory. */
    static Path file(String name) {
        return directory(System.getenv("XDG_CACHE_HOME"), System.getProperty("user.home", ""))
                .resolve(name);
    }

    /**
     * Our directory.
     *
     * @param asked the user's cache directory, which counts only if it is absolute, as the specification has it
     * @param home the user's own directory
     */
    static Path directory(@Nullable String asked, String home) {
        Path cache = asked == null || !Path.of(asked).isAbsolute() ? Path.of(home, ".cache") : Path.of(asked);
        return cache.resolve("halfwave");
    }
}
