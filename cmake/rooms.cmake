# The rooms of src/rooms.txt: a library each, which links what its line of the table names.

# Reads the table: ROOMS are the rooms to build, in order; ROOM_USES_<room> what each may include.
# Without STILLAIR_GL the rooms that use gpu, themselves or by others, are left out.
function(stillair_read_rooms)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/src/rooms.txt)
  file(STRINGS ${PROJECT_SOURCE_DIR}/src/rooms.txt lines REGEX "^[a-z]")
  set(rooms "")
  set(with_gl gpu)
  foreach(line IN LISTS lines)
    string(REGEX MATCH "^([a-z/]+): *(.*)$" whole "${line}")
    set(room ${CMAKE_MATCH_1})
    string(REPLACE " " ";" uses "${CMAKE_MATCH_2}")
    foreach(use IN LISTS uses)
      if(use IN_LIST with_gl)
        list(APPEND with_gl ${room})
      elseif(NOT use IN_LIST rooms)
        message(FATAL_ERROR "src/rooms.txt: ${room} uses ${use}, which is not above it")
      endif()
    endforeach()
    if(STILLAIR_GL OR NOT room IN_LIST with_gl)
      list(APPEND rooms ${room})
      set(ROOM_USES_${room} "${uses}" PARENT_SCOPE)
    endif()
  endforeach()
  set(ROOMS ${rooms} PARENT_SCOPE)
endfunction()

# Sets out to the library of a room: that of preset/params is stillair_preset_params.
function(stillair_library out room)
  string(REPLACE "/" "_" name ${room})
  set(${out} stillair_${name} PARENT_SCOPE)
endfunction()

# stillair_room(SOURCES file... LIBRARIES target...) makes the library of the folder that it is called
# in. LIBRARIES are those from outside; the rooms that it uses are in the table.
function(stillair_room)
  cmake_parse_arguments(ROOM "" "" "SOURCES;LIBRARIES" ${ARGN})
  file(RELATIVE_PATH room ${PROJECT_SOURCE_DIR}/src ${CMAKE_CURRENT_SOURCE_DIR})
  stillair_library(library ${room})
  add_library(${library} STATIC ${ROOM_SOURCES})
  target_include_directories(${library} PUBLIC ${PROJECT_SOURCE_DIR}/src)
  foreach(use IN LISTS ROOM_USES_${room})
    stillair_library(used ${use})
    target_link_libraries(${library} PUBLIC ${used})
  endforeach()
  target_link_libraries(${library} PUBLIC ${ROOM_LIBRARIES} m)
endfunction()
