package dev.halfwave.tuning;

import java.util.Map;

/**
 * What a tuning file holds.
 *
 * @param machines measurements by machine and pass
 * @param trouble why the file is ignored, or nothing
 * @param replaceable whether the file may be replaced: it is our own, or there is none
 */
record TuningContent(Map<String, Map<String, Measurement>> machines, String trouble, boolean replaceable) {
    /** Of a file that is there and sound, or not there at all. */
    static TuningContent of(Map<String, Map<String, Measurement>> machines) {
        return new TuningContent(machines, "", true);
    }

    /** Of a file of our own that cannot be used. */
    static TuningContent ignored(String reason) {
        return new TuningContent(Map.of(), reason + "; it is ignored, and replaced by what is measured next", true);
    }

    /** Of a file that is somebody else's. */
    static TuningContent leftAlone(String reason) {
        return new TuningContent(
                Map.of(), reason + "; it is left as it is and nothing is kept: name another file", false);
    }
}
