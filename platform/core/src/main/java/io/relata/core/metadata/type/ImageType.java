package io.relata.core.metadata.type;

import java.util.List;

/// A file that every browser shows as an image, and that cannot run anything.
final class ImageType extends FileType {

    ImageType() {
        super("image", List.of("image/png", "image/jpeg", "image/gif", "image/webp"));
    }

    @Override
    public boolean canBeSearched() {
        return false;
    }
}
