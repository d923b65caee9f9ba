package dev.allclear.lock.offender;

import com.fasterxml.jackson.databind.ObjectMapper;

/** Breaks an architecture rule on purpose. */
public final class AsksTheCodecForJackson {
    ObjectMapper mapper = new ObjectMapper();
}
