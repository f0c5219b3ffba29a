# Icons of the desktop (Lucide, ISC; the licence stands beside them).
file(GLOB icon_files CONFIGURE_DEPENDS ${CMAKE_CURRENT_LIST_DIR}/icons/*.svg)
qt_add_resources(keydesk_ui "keydesk_icons" PREFIX "/icons"
                 BASE ${CMAKE_CURRENT_LIST_DIR}/icons FILES ${icon_files})

# Areas, industries, channels, products, teams, tags and routing rules that every server starts with.
file(GLOB reference_files CONFIGURE_DEPENDS ${CMAKE_CURRENT_LIST_DIR}/reference/*.json)
qt_add_resources(keydesk_common "keydesk_reference" PREFIX "/reference"
                 BASE ${CMAKE_CURRENT_LIST_DIR}/reference FILES ${reference_files})

# Who may see and do what.
qt_add_resources(keydesk_common "keydesk_rights" PREFIX "/rights"
                 BASE ${CMAKE_CURRENT_LIST_DIR}/rights FILES
                 ${CMAKE_CURRENT_LIST_DIR}/rights/policy.txt)
