# Icons of the desktop (Lucide, ISC; the licence stands beside them).
file(GLOB icon_files CONFIGURE_DEPENDS ${CMAKE_CURRENT_LIST_DIR}/icons/*.svg)
qt_add_resources(keydesk_ui "keydesk_icons" PREFIX "/icons"
                 BASE ${CMAKE_CURRENT_LIST_DIR}/icons FILES ${icon_files})
