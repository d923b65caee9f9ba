/**
 * Did the migration really complete, and where did it stop? Looks at the tools' tracking tables and at the catalog before the
 * migration, after it, and once more when it has settled. {@link dev.allclear.status.StatusChecker} and
 * {@link dev.allclear.status.LookReader} do the reading; the judges are pure. Tracking tables and system catalogs are all that is
 * read: nothing here touches a user's table.
 */
@NullMarked
package dev.allclear.status;

import org.jspecify.annotations.NullMarked;
