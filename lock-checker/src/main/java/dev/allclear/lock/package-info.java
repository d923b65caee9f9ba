/**
 * Did the migration leave locks behind, and how long did it hold them? A {@link dev.allclear.lock.LockSampler} watches the lock
 * table during the run, the pure {@link dev.allclear.lock.LockTimeline} makes holds and waits of what it saw, and two pure judges
 * say what that means: {@link dev.allclear.lock.HoldJudge} for the time of the run, {@link dev.allclear.lock.LeftBehindJudge} for
 * what is still there afterwards. Ordinary traffic is never a finding; what was not observed is never a pass.
 */
@NullMarked
package dev.allclear.lock;

import org.jspecify.annotations.NullMarked;
